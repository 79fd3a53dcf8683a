using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Saga.Benchmarks.Servers;

/// <summary>A virtual host made for one stage alone, so that two stages on one broker do not see each other; it goes with all its queues.</summary>
internal sealed class VirtualHost : IAsyncDisposable
{
    private readonly HttpClient _management;
    private readonly string _name = $"saga-benchmark-{Guid.CreateVersion7():n}";

    private VirtualHost(Uri broker, Uri management)
    {
        Address = new UriBuilder(broker) { Path = _name }.Uri;
        _management = new HttpClient { BaseAddress = new UriBuilder(management) { UserName = "", Password = "", Path = "/" }.Uri };
        var credentials = management.UserInfo.Length > 0 ? management.UserInfo : broker.UserInfo;
        _management.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(credentials))));
    }

    /// <summary>What to connect with.</summary>
    public Uri Address { get; }

    public static async Task<VirtualHost> CreateAsync(Uri broker, Uri management, CancellationToken cancellation)
    {
        var host = new VirtualHost(broker, management);
        try
        {
            await host.CreateAsync(Uri.EscapeDataString(broker.UserInfo.Split(':')[0]), cancellation);
            return host;
        }
        catch (HttpRequestException failure)
        {
            host._management.Dispose();
            throw new InvalidOperationException(
                $"The management API of RabbitMQ at {host._management.BaseAddress} could not make a virtual host: {failure.Message} "
                + "Each of the two that are compared needs one of its own. Enable the plugin rabbitmq_management, "
                + "or say with --management where it answers: http://user:password@host:15672.",
                failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var deleted = await _management.DeleteAsync(new Uri($"api/vhosts/{_name}", UriKind.Relative));
        _management.Dispose();
    }

    private async Task CreateAsync(string user, CancellationToken cancellation)
    {
        using var created = await _management.PutAsync(new Uri($"api/vhosts/{_name}", UriKind.Relative), content: null, cancellation);
        created.EnsureSuccessStatusCode();
        using var allowed = await _management.PutAsJsonAsync(
            new Uri($"api/permissions/{_name}/{user}", UriKind.Relative), new { configure = ".*", write = ".*", read = ".*" }, cancellation);
        allowed.EnsureSuccessStatusCode();
    }
}
