using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Saga.Integration.Tests.Servers;

/// <summary>A virtual host of the broker for one test class alone, so that queues with the same name do not meet.</summary>
public sealed class TestVirtualHost : IAsyncDisposable
{
    private readonly HttpClient _management;
    private readonly string _name;

    private TestVirtualHost(HttpClient management, string name, Uri uri)
    {
        _management = management;
        _name = name;
        Uri = uri;
    }

    /// <summary>amqp://user:password@host:port/name</summary>
    public Uri Uri { get; }

    public async ValueTask DisposeAsync()
    {
        using var deleted = await _management.DeleteAsync($"api/vhosts/{_name}");
        _management.Dispose();
        deleted.EnsureSuccessStatusCode();
    }

    internal static async Task<TestVirtualHost> CreateAsync(Uri broker, string managementUri)
    {
        var management = Connect(broker, managementUri);
        var name = $"saga-test-{Guid.NewGuid():N}";
        try
        {
            using var created = await management.PutAsync($"api/vhosts/{name}", content: null);
            created.EnsureSuccessStatusCode();
            var user = broker.UserInfo.Split(':')[0];
            using var allowed = await management.PutAsJsonAsync(
                $"api/permissions/{name}/{user}",
                new { configure = ".*", write = ".*", read = ".*" });
            allowed.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException failure)
        {
            var address = management.BaseAddress;
            management.Dispose();
            throw new InvalidOperationException(
                $"The management API of RabbitMQ at {address} could not make a virtual host. Tests need it to keep apart what has the same name. "
                + "Enable the plugin rabbitmq_management, or set SAGA_TEST_RABBITMQ_MANAGEMENT to http://user:password@host:port.",
                failure);
        }

        return new TestVirtualHost(management, name, new UriBuilder(broker) { Path = name }.Uri);
    }

    private static HttpClient Connect(Uri broker, string managementUri)
    {
        var uri = managementUri.Length > 0
            ? new Uri(managementUri)
            : new UriBuilder(Uri.UriSchemeHttp, broker.Host, 15672) { UserName = UserOf(broker), Password = PasswordOf(broker) }.Uri;
        var client = new HttpClient { BaseAddress = new Uri(uri.GetLeftPart(UriPartial.Authority).Replace($"{uri.UserInfo}@", "", StringComparison.Ordinal)) };
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo)));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        return client;
    }

    private static string UserOf(Uri uri) => uri.UserInfo.Split(':')[0];

    private static string PasswordOf(Uri uri) => uri.UserInfo.Contains(':', StringComparison.Ordinal) ? uri.UserInfo.Split(':', 2)[1] : "";
}
