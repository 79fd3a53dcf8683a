using System.CommandLine;
using Saga.Benchmarks.Stages;

namespace Saga.Benchmarks.Commands;

/// <summary>The options of every command that compares two sides.</summary>
internal sealed class ComparisonOptions
{
    private const int ManagementPort = 15672;

    private readonly MeasurementOptions _measurement = new(lone: 40);
    private readonly Option<int> _rounds = NumberOption.Create(
        "--rounds", 3, "How often each side is measured; --runs and --lone are for each time.");

    private readonly Option<Uri?> _management = AddressOption.Create(
        "--management",
        "The management API of the RabbitMQ, where a virtual host is made for each side and dropped in the end. "
            + $"Default: port {ManagementPort} of the same host, with the same user.",
        "http(s)://user:password@host:15672",
        Uri.UriSchemeHttp,
        Uri.UriSchemeHttps);

    public Option<string?> Database => _measurement.Database;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="needServers">True when it can do nothing without a database and a broker.</param>
    public void AddTo(Command command, bool needServers)
    {
        command.Add(_rounds);
        command.Add(_management);
        _measurement.AddTo(command, needServers);
    }

    public int Rounds(ParseResult parsed) => parsed.GetValue(_rounds);

    public MeasurementSettings Read(ParseResult parsed)
    {
        var settings = _measurement.Read(parsed);
        return settings.Broker is { } broker
            ? settings with { Management = parsed.GetValue(_management) ?? new UriBuilder(Uri.UriSchemeHttp, broker.Host, ManagementPort).Uri }
            : settings;
    }
}
