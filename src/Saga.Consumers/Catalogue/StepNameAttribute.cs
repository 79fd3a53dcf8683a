namespace Saga.Consumers;

/// <summary>
/// Names a step otherwise than its class. The name is part of every stored plan and of the queue <c>saga-step-{name}</c>, so keep it when
/// you rename the class.
/// </summary>
/// <param name="name">
/// 1 to 64 characters out of <c>a-z</c>, <c>0-9</c>, <c>-</c>, <c>_</c> and <c>.</c>, the first a letter or digit. Checked when the worker starts.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StepNameAttribute(string name) : Attribute
{
    /// <summary>The name of the step.</summary>
    public string Name { get; } = name;
}
