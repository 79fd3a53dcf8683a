namespace Saga.EntityFrameworkCore.Databases;

/// <summary>What keeps a database from doing its work, whoever asks for it.</summary>
public enum DatabaseTroubleKind
{
    /// <summary>It cannot be reached, stops, or starts.</summary>
    Away,

    /// <summary>It does not let this process in.</summary>
    Refused,

    /// <summary>It did not do the work in time, because of a lock or of its load.</summary>
    Busy,

    /// <summary>It has no room for more.</summary>
    Full,

    /// <summary>It can be read and not written.</summary>
    ReadOnly,

    /// <summary>It has too little memory, or too many connections.</summary>
    OutOfResources,

    /// <summary>It cannot read or write its files.</summary>
    Broken,
}
