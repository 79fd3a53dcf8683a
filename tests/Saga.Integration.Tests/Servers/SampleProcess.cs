using System.Diagnostics;

namespace Saga.Integration.Tests.Servers;

/// <summary>The sample TenantProvisioning in a process of its own, with a folder for its tenants.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ProcessOutput _output = new();

    private SampleProcess(Uri broker)
    {
        Tenants = Directory.CreateTempSubdirectory("saga-sample-").FullName;
        var start = new ProcessStartInfo("dotnet", [Repository.OutputOf("TenantProvisioning.dll", "samples", "TenantProvisioning")])
        {
            WorkingDirectory = Tenants,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Broker"] = broker.ToString();
        start.Environment["Tenants__Folder"] = Tenants;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _output.Capture(_process);
    }

    public string Tenants { get; }

    public string Output => $"Output of the sample:{Environment.NewLine}{_output}";

    public static SampleProcess Start(Uri broker) => new(broker);

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Tenants, recursive: true);
    }
}
