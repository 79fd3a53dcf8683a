using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A <c>step</c> as it was written.</summary>
internal sealed class StepDraft : DraftKind
{
    private string _step = "";
    private DraftTemplate? _input;
    private DraftRetry? _retry;
    private DraftCompensation? _compensation;

    public override bool CanFail => true;

    public bool IsIrreversible => _compensation?.Mode == CompensationMode.Irreversible;

    public static StepDraft? Read(DraftNode node, PropertyBag bag, PlanDraft draft)
    {
        var step = new StepDraft { _step = bag.Text("step", isRequired: true) ?? "" };
        var isText = bag.TryGet("step", out var name) && name.ValueKind == JsonValueKind.String;
        if (isText && !StepNames.IsValid(step._step))
            draft.Findings.Error(bag.Place["step"], "invalid_step_name", $"The name of the step is {Shown.Text(step._step)}. {StepNames.Rule} Correct the name.");
        else if (isText && draft.Options.StepProblem?.Invoke(step._step) is { } problem)
            draft.Findings.Error(bag.Place["step"], "unknown_step", problem);
        if (bag.TryGet("input", out var input))
            step._input = new TemplateReader(draft, new(node.Body, node)).Read(input, bag.Place["input"]);
        if (bag.TryGet("retry", out var retry))
            step._retry = DraftRetry.Read(retry, bag.Place["retry"], RetryPolicy.ForExecution, draft.Findings);
        if (bag.TryGet("compensation", out var compensation))
            step._compensation = DraftCompensation.Read(compensation, node, bag.Place["compensation"], draft);
        return step;
    }

    public override PlanNode Make(DraftNode node) => new StepNode(node.Index, node.FullName, _step, node.DependsOn)
    {
        Input = _input?.Make() ?? Scope.DefaultInput(node.Body),
        Retry = _retry?.Policy ?? RetryPolicy.ForExecution,
        Compensation = _compensation?.Make() ?? CompensationPolicy.Default,
    };

    public override void Write(Utf8JsonWriter json) => json.WriteString("step", _step);

    public override void WriteRest(Utf8JsonWriter json)
    {
        _input?.Write(json, "input");
        _retry?.Write(json);
        _compensation?.Write(json);
    }
}
