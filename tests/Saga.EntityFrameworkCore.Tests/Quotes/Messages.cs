namespace Saga.EntityFrameworkCore.Tests.Quotes;

// What the quote saga takes.
public sealed record OfferQuote(Guid QuoteId, TimeSpan ValidFor, bool Fails = false);

public sealed record ExtendQuote(Guid QuoteId, TimeSpan ValidFor);

public sealed record AcceptQuote(Guid QuoteId, bool Fails = false);

/// <summary>Scheduled by the saga for itself.</summary>
public sealed record LapseQuote(Guid QuoteId);

// What it publishes.
public sealed record QuoteOffered(Guid QuoteId);

public sealed record QuoteExtended(Guid QuoteId);

public sealed record QuoteAccepted(Guid QuoteId);

public sealed record QuoteLapsed(Guid QuoteId);
