using System.Text.Json;
using Saga.StateMachines.Persistence;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Values;

/// <summary>An earlier release stored what could not be read again.</summary>
public sealed class When_stored_JSON_is_read
{
    [Theory]
    [InlineData("""["\ud800"]""", """["\uFFFD"]""")]
    [InlineData("""["\uD83Dx\uDE00\n\\ud800"]""", """["\uFFFDx\uFFFD\n\\ud800"]""")]
    [InlineData("""{"\ud83d\ude00":"\ud83d\ud83d\ude00"}""", """{"\ud83d\ude00":"\uFFFD\ud83d\ude00"}""")]
    [InlineData("""["\\\ud800"]""", """["\\\uFFFD"]""")]
    [InlineData("""["\\ud800", 1e400]""", """["\\ud800", 1e400]""")]
    public void Halves_of_surrogate_pairs_become_the_replacement_character(string stored, string read)
    {
        var json = StoredJson.Parse(stored);

        json.GetRawText().ShouldBe(read);
        JsonSerializer.Serialize(json).ShouldNotBeEmpty();
    }

    [Fact]
    public void It_may_be_deeper_than_what_is_taken_in_now()
    {
        var stored = new string('[', 200) + new string(']', 200);

        JsonSerializer.Serialize(StoredJson.Parse(stored), StoredJson.Options).ShouldBe(stored);
    }
}
