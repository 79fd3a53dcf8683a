using System.Diagnostics.CodeAnalysis;

namespace Saga.Consumers;

/// <summary>Makes the descriptor of a class, or says why the class is no step.</summary>
internal static class StepInspection
{
    public static bool TryDescribe(Type type, [NotNullWhen(true)] out StepDescriptor? descriptor, [NotNullWhen(false)] out string? problem)
    {
        descriptor = null;
        problem = FindProblem(type, out var contract) ?? FindProblem(StepName.Of(type), type);
        if (problem is not null)
            return false;

        var (input, output) = (contract!.GenericTypeArguments[0], contract.GenericTypeArguments[1]);
        try
        {
            descriptor = new StepDescriptor(StepInvoker.For(type, input, output))
            {
                Name = StepName.Of(type),
                StepType = type,
                InputType = input,
                OutputType = output,
                Compensates = HasOwnCompensation(type, contract),
                InputSchema = StepJson.SchemaOf(input, StepJson.Input),
                OutputSchema = StepJson.SchemaOf(output, StepJson.Stored),
            };
            return true;
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            problem = $"Step {type} has the input {input} and the output {output}, and System.Text.Json cannot handle one of them: {e.Message} "
                + "Input and output travel as JSON. Use plain records.";
            return false;
        }
    }

    private static string? FindProblem(Type type, out Type? contract)
    {
        var contracts = type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IStep<,>)).ToList();
        contract = contracts.FirstOrDefault();
        if (contracts.Count != 1)
        {
            return $"{type} implements {contracts.Count} IStep<TInput, TOutput> interfaces. A step implements exactly one. "
                + (contracts.Count == 0 ? "Implement it." : "Split it into one class for each.");
        }

        return type.IsAbstract || type.ContainsGenericParameters
            ? $"{type} cannot be instantiated. A step is a class that is neither abstract nor an open generic. Register a concrete class."
            : null;
    }

    private static string? FindProblem(string name, Type type) => StepName.IsValid(name)
        ? null
        : $"Step {type} is named `{name}`. A name has 1 to 64 characters out of a-z, 0-9, -, _ and ., the first a letter or digit. "
            + "Name it with [StepName(\"…\")].";

    // The default of the interface does nothing, so only a method from elsewhere compensates.
    private static bool HasOwnCompensation(Type type, Type contract)
    {
        var map = type.GetInterfaceMap(contract);
        var index = Array.FindIndex(map.InterfaceMethods, m => m.Name == nameof(IStep<,>.CompensateAsync));
        return map.TargetMethods[index].DeclaringType != contract;
    }
}
