using System.Globalization;
using Microsoft.Extensions.Options;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>Checks <see cref="OutboxOptions"/>: each failure names the option, its value, the rule and the remedy.</summary>
internal sealed class OutboxOptionsValidation : IValidateOptions<OutboxOptions>
{
    private const int MaxRows = 10_000;

    private static readonly OutboxOptions _defaults = new();
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, OutboxOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string?[] failures =
        [
            Between(nameof(options.SweepInterval), options.SweepInterval, _tick, _day, _defaults.SweepInterval),
            Between(nameof(options.SweepLimit), options.SweepLimit, _defaults.SweepLimit),
            Between(
                nameof(options.DeliveryTimeout), options.DeliveryTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), _defaults.DeliveryTimeout),
            LongerThanDelivery(
                nameof(options.SweepGrace), options.SweepGrace, options, _defaults.SweepGrace, "while its writer may still be delivering it"),
            LongerThanDelivery(
                nameof(options.SweepLease), options.SweepLease, options, _defaults.SweepLease, "again while the sweep before may still be delivering it"),
            Between(nameof(options.SweepBackOff), options.SweepBackOff, TimeSpan.FromSeconds(1), _day, _defaults.SweepBackOff),
            Between(nameof(options.OverdueLimit), options.OverdueLimit, TimeSpan.FromSeconds(1), _day, _defaults.OverdueLimit),
            Between(
                nameof(options.DuplicateDetectionWindow), options.DuplicateDetectionWindow, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365),
                _defaults.DuplicateDetectionWindow),
            Between(nameof(options.InboxCleanupInterval), options.InboxCleanupInterval, _tick, _day, _defaults.InboxCleanupInterval),
            Between(nameof(options.InboxCleanupLimit), options.InboxCleanupLimit, _defaults.InboxCleanupLimit),
            options.SingleProcess || options.KeptUntilHandled.Count == 0
                ? null
                : $"OutboxOptions.KeptUntilHandled has {options.KeptUntilHandled.First().Name}, and SingleProcess is not set. Only the process that put a message in "
                    + "its queue knows that it is there, so others would send it again. Set SingleProcess, or leave the messages out.",
        ];
        var found = failures.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? Between(string option, TimeSpan value, TimeSpan least, TimeSpan most, TimeSpan standard) =>
        value >= least && value <= most
            ? null
            : $"OutboxOptions.{option} is {Text(value)}. It must be from {Text(least)} to {Text(most)}. Leave it out for the default of {Text(standard)}.";

    private static string? Between(string option, int value, int standard) =>
        value is >= 1 and <= MaxRows
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"OutboxOptions.{option} is {value}. It must be from 1 to {MaxRows:N0}. Leave it out for the default of {standard:N0}.");

    private static string? LongerThanDelivery(string option, TimeSpan value, OutboxOptions options, TimeSpan standard, string otherwise)
    {
        if (value > _day)
            return Between(option, value, options.DeliveryTimeout, _day, standard);
        return value > options.DeliveryTimeout
            ? null
            : $"OutboxOptions.{option} is {Text(value)}. It must be longer than DeliveryTimeout, which is {Text(options.DeliveryTimeout)}, or a row "
                + $"could be swept {otherwise}. Raise it, or lower DeliveryTimeout.";
    }

    private static string Text(TimeSpan value) => value.ToString("c", CultureInfo.InvariantCulture);
}
