using Saga.StateMachines.Tests.Definitions.Support;
using Shouldly;
using Xunit;
using static Saga.StateMachines.Tests.Definitions.Support.Built;

namespace Saga.StateMachines.Tests.Definitions;

public sealed class When_an_expression_is_a_template
{
    [Fact]
    public void A_chain_of_members_is_a_reference()
    {
        Template(plan => plan.Input.Id).ShouldBe("""{"$ref":"input/id"}""");
        Template(plan => plan.Input.Main.Sku).ShouldBe("""{"$ref":"input/main/sku"}""");
        Template(plan => plan.Input).ShouldBe("""{"$ref":"input"}""");
    }

    [Fact]
    public void Names_are_those_of_the_json()
    {
        Template(plan => plan.Input.Mail).ShouldBe("""{"$ref":"input/e_mail"}""");
        Template(plan => plan.Input.Odd).ShouldBe("""{"$ref":"input/a.b~1c~0d"}""");
    }

    [Fact]
    public void Positions_and_keys_are_parts_of_the_path()
    {
        Template(plan => plan.Input.Zones[1]).ShouldBe("""{"$ref":"input/zones/1"}""");
        Template(plan => plan.Input.Tags[0]).ShouldBe("""{"$ref":"input/tags/0"}""");
        Template(plan => plan.Input.Lines.First().Sku).ShouldBe("""{"$ref":"input/lines/0/sku"}""");
        Template(plan => plan.Input.Labels["owner/team"]).ShouldBe("""{"$ref":"input/labels/owner~1team"}""");
        Template(plan => plan.Input.Extra.GetProperty("size")[2].GetInt32()).ShouldBe("""{"$ref":"input/extra/size/2"}""");
    }

    [Fact]
    public void What_may_be_missing_is_what_it_would_be_in_csharp()
    {
        Template(plan => plan.Input.Note).ShouldBe("""{"$ref":"input/note","default":null}""");
        Template(plan => plan.Input.Discount).ShouldBe("""{"$ref":"input/discount","default":null}""");
        Template(plan => plan.Input.Discount!.Value).ShouldBe("""{"$ref":"input/discount"}""");
        Template(plan => plan.Input.Limit).ShouldBe("""{"$ref":"input/limit","default":3}""");
        Template(plan => plan.Input.Main.Text).ShouldBe("""{"$ref":"input/main/text","default":null}""");
    }

    [Fact]
    public void Conversions_that_leave_the_json_alone_are_dropped()
    {
        Template<object>(plan => plan.Input.Count).ShouldBe("""{"$ref":"input/count"}""");
        Template<double?>(plan => plan.Input.Count).ShouldBe("""{"$ref":"input/count"}""");
        Template(plan => (int)plan.Input.Size).ShouldBe("""{"$ref":"input/size"}""");
        Template<IEnumerable<string>>(plan => plan.Input.Zones.ToList()).ShouldBe("""{"$ref":"input/zones"}""");
    }

    [Fact]
    public void An_object_has_the_members_that_are_set_and_those_with_an_initialiser() =>
        Template(plan => new Shipment { Address = plan.Input.Id, Size = Size.Large })
            .ShouldBe("""{"parcels":1,"marks":[],"address":{"$ref":"input/id"},"size":"Large"}""");

    [Fact]
    public void A_record_is_made_by_its_constructor() =>
        Template(plan => new Line(plan.Input.Id, 2, null)).ShouldBe("""{"sku":{"$ref":"input/id"},"amount":2,"text":null}""");

    [Fact]
    public void An_anonymous_object_is_an_object() =>
        Template(plan => new { plan.Input.Id, Inner = new { Two = plan.Input.Count } })
            .ShouldBe("""{"id":{"$ref":"input/id"},"inner":{"two":{"$ref":"input/count"}}}""");

    [Fact]
    public void Collections_are_lists_and_objects()
    {
        Template(plan => new[] { plan.Input.Id, "b" }).ShouldBe("""[{"$ref":"input/id"},"b"]""");
        Template(plan => new List<string> { plan.Input.Id, "b" }).ShouldBe("""[{"$ref":"input/id"},"b"]""");
        Template(plan => new Dictionary<string, string> { { "Id", plan.Input.Id } }).ShouldBe("""{"Id":{"$ref":"input/id"}}""");
        Template(plan => new Shipment { Address = "a", Marks = { plan.Input.Id } }).ShouldContain("""
            "marks":[{"$ref":"input/id"}]
            """.Trim());
    }

    [Fact]
    public void What_reads_nothing_of_the_run_is_evaluated_once()
    {
        var calls = 0;
        var once = () => $"call {++calls}";
        Template(plan => new { plan.Input.Id, Made = once().ToUpperInvariant(), At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) })
            .ShouldBe("""{"id":{"$ref":"input/id"},"made":"CALL 1","at":"2026-01-02T03:04:05+00:00"}""");
        calls.ShouldBe(1);
        Template(_ => Size.Large).ShouldBe("1");
        Template(_ => Color.Blue).ShouldBe("\"Blue\"");
        Template<string?>(_ => null).ShouldBe("null");
    }

    [Fact]
    public void Values_are_never_taken_for_references()
    {
        Template(_ => "costs ${5}").ShouldBe("\"costs $${5}\"");
        Template(_ => new[] { "${a}" }).ShouldBe("""{"$literal":["${a}"]}""");
        Template(_ => new Dictionary<string, string> { { "$ref", "a" } }).ShouldBe("""{"$literal":{"$ref":"a"}}""");
        Template(plan => new[] { plan.Input.Id, "${a}" }).ShouldBe("""[{"$ref":"input/id"},"$${a}"]""");
    }

    [Fact]
    public void Joined_text_has_references_in_it()
    {
        var prefix = "net";
        Template(plan => $"{prefix}-{plan.Input.Region}-{plan.Input.Count}").ShouldBe("\"net-${input/region}-${input/count}\"");
        Template(plan => plan.Input.Region + "-" + plan.Input.Customer).ShouldBe("\"${input/region}-${input/customer}\"");
        Template(plan => $"{{{plan.Input.Id}}} costs ${{5}}, {1.5:0.00}").ShouldBe("\"{${input/id}} costs $${5}, 1.50\"");
        Template(plan => $"{plan.Input.Id}/{1}/{plan.Input.Count}/{plan.Input.Total}/{plan.Input.Color}")
            .ShouldBe("\"${input/id}/1/${input/count}/${input/total}/${input/color}\"");
    }

    [Fact]
    public void Text_that_a_template_cannot_join_is_joined_by_a_rule()
    {
        Template(plan => $"cost ${plan.Input.Count}").ShouldBe("""{"$logic":{"cat":["cost $",{"var":"input.count"}]}}""");
        Template(plan => $"{plan.Input.Note}!").ShouldBe("""{"$logic":{"cat":[{"var":"input.note"},"!"]}}""");
        Template(plan => $"{plan.Input.Brace}!").ShouldBe("""{"$logic":{"cat":[{"var":"input.a}b"},"!"]}}""");
        Template(plan => $"{plan.Input.Odd}{plan.Input.Count + 1}")
            .ShouldBe("""{"$logic":{"cat":[{"$ref":"input/a.b~1c~0d"},{"+":[{"var":"input.count"},1]}]}}""");
    }

    [Fact]
    public void The_run_and_its_context_can_be_read()
    {
        Template(plan => plan.RunId).ShouldBe("""{"$ref":"run/id"}""");
        Template(plan => plan.Context<Line>("lineOne").Sku).ShouldBe("""{"$ref":"context/lineOne/sku"}""");
    }
}
