namespace Saga.EntityFrameworkCore.Databases;

/// <summary>
/// Why a database does not do its work. It is not the fault of what is asked of it: the same work will succeed once the trouble is over.
/// </summary>
/// <param name="Kind">What is the matter.</param>
/// <param name="Said">What the database, or its driver, said.</param>
public sealed record DatabaseTrouble(DatabaseTroubleKind Kind, string Said)
{
    /// <summary>What to do about it, in a sentence.</summary>
    public string Remedy => Kind switch
    {
        DatabaseTroubleKind.Refused => "Correct the user, the password or the name of the database, or let the user in.",
        DatabaseTroubleKind.Busy => "Find the program that holds a lock in the database, such as a shell with an open transaction or a backup, and end it.",
        DatabaseTroubleKind.Full => "Free space on the disk of the database, or give it more.",
        DatabaseTroubleKind.ReadOnly => "Make the database writable again: the files and their file system, or the server's setting, or go to the server that is the primary now.",
        DatabaseTroubleKind.OutOfResources => "Give the database more memory, or allow it more connections.",
        DatabaseTroubleKind.Broken => "Look at the disk of the database, and restore the database if its files are damaged.",
        _ => "Start the database, or mend the network on the way to it.",
    };

    /// <summary>The trouble that a failure tells of, or null when it tells of none.</summary>
    /// <param name="exception">Anything that was thrown.</param>
    public static DatabaseTrouble? Of(Exception exception) => TroubleRecognition.Find(exception);

    /// <summary>What is the matter, what was said, and the remedy.</summary>
    public override string ToString() => $"{Fact} {Said.TrimEnd('.')}. {Remedy}";

    private string Fact => Kind switch
    {
        DatabaseTroubleKind.Refused => "The database does not let this process in:",
        DatabaseTroubleKind.Busy => "The database did not do its work in time:",
        DatabaseTroubleKind.Full => "The database is full:",
        DatabaseTroubleKind.ReadOnly => "The database takes no writes:",
        DatabaseTroubleKind.OutOfResources => "The database is short of memory or connections:",
        DatabaseTroubleKind.Broken => "The database cannot read or write its files:",
        _ => "The database does not answer:",
    };
}
