using System.Text.Json;
using MassTransit.Serialization;
using Saga.Contracts;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Messaging;

/// <summary>A start as a message, in MassTransit's envelope or as plain JSON: both are read with these options.</summary>
public sealed class When_a_start_is_read
{
    private static readonly JsonSerializerOptions _options = SystemTextJsonMessageSerializer.Options;

    [Theory]
    [InlineData("""{"runId":"00000000-0000-0000-0000-000000000001","input":null}""", JsonValueKind.Null)]
    [InlineData("""{"runId":"00000000-0000-0000-0000-000000000001","input":{}}""", JsonValueKind.Object)]
    [InlineData("""{"runId":"00000000-0000-0000-0000-000000000001"}""", null)]
    public void Null_is_an_input_and_no_input_is_none_also_when_it_is_sent_on(string json, JsonValueKind? kind)
    {
        var start = JsonSerializer.Deserialize<StartProvisioning>(json, _options)!;
        start.Input?.ValueKind.ShouldBe(kind!.Value);
        (start.Input is null).ShouldBe(kind is null);

        JsonSerializer.Serialize(start, _options).Contains("\"input\"", StringComparison.Ordinal).ShouldBe(kind is not null);
        JsonSerializer.Serialize(start, JsonSerializerOptions.Web).Contains("\"input\"", StringComparison.Ordinal).ShouldBe(kind is not null);
        JsonSerializer.Deserialize<StartProvisioning>(JsonSerializer.Serialize(start, _options), _options)!.Input?.ValueKind.ShouldBe(kind!.Value);
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("2.0", 2)]
    [InlineData("20e-1", 2)]
    [InlineData("null", null)]
    public void A_version_is_a_whole_number_however_it_is_written(string version, int? expected) => Read(version).Version.ShouldBe(expected);

    [Theory]
    [InlineData("\"2\"")]
    [InlineData("2.5")]
    [InlineData("1e99")]
    [InlineData("true")]
    public void Nothing_else_is_a_version(string version) => Should.Throw<JsonException>(() => Read(version));

    private static StartProvisioning Read(string version) =>
        JsonSerializer.Deserialize<StartProvisioning>($$"""{"runId":"00000000-0000-0000-0000-000000000001","version":{{version}}}""", _options)!;
}
