namespace Saga.EntityFrameworkCore.Tests.Orders;

// What the order saga and the note consumer take.
public sealed record SubmitOrder(Guid OrderId, string Number, bool ThrowsAfterSending = false, int FailingAttempts = 0);

public sealed record AddItem(Guid OrderId, int Amount);

public sealed record CloseOrder(Guid OrderId);

/// <summary>Adds a note to an order, and counts how many it had.</summary>
public sealed record AnnotateOrder(Guid OrderId, Guid NoteId, bool Counts);

/// <summary>Puts a new note in the place of one that is there.</summary>
public sealed record ReplaceNote(Guid OrderId, Guid NoteId, string Text);

/// <summary>Leaves the context so that it cannot be saved.</summary>
public sealed record SpoilOrder(Guid OrderId);

/// <summary>Counts the notes of an order in a transaction of its own.</summary>
public sealed record AuditOrder(Guid OrderId);

/// <summary>Begins and ends an order in one.</summary>
public sealed record RefuseOrder(Guid OrderId);

/// <summary>Begins an order that it finds by its number, or adds to it.</summary>
public sealed record OrderByNumber(string Number, int Amount);

/// <summary>Begins an order whose event asks to be inserted ahead.</summary>
public sealed record ImportOrder(Guid OrderId, string Number);

public sealed record TakeNote(Guid NoteId, string Text);

/// <summary>Adds a note; fails at so many attempts after it has sent.</summary>
public sealed record CopyNote(Guid NoteId, bool ThrowsAfterSending = false, int FailingAttempts = 0);

// What they send and publish.
public sealed record OrderAccepted(Guid OrderId);

public sealed record ItemAdded(Guid OrderId, int Total);

public sealed record OrderAnnotated(Guid OrderId, int? NotesBefore);

public sealed record NoteReplaced(Guid OrderId);

public sealed record OrderAudited(Guid OrderId);

public sealed record OrderClosed(Guid OrderId);

public sealed record OrderRefused(Guid OrderId);

public sealed record OrderImported(Guid OrderId);

public sealed record PackOrder(Guid OrderId);

public sealed record NoteTaken(Guid NoteId);

public sealed record FileNote(Guid NoteId);

public sealed record NoteCopied(Guid NoteId);
