using System.Net;
using System.Net.Mime;
using System.Text;

namespace Saga.Worker.Tests.Cli;

/// <summary>A server that gives the answers it was told to, the last one of a request again and again, and remembers what it was asked.</summary>
internal sealed class CannedServer : IDisposable
{
    private readonly Dictionary<string, Queue<Func<HttpResponseMessage>>> _answers = [];

    public List<Request> Requests { get; } = [];

    public void Answers(string request, params string[] documents)
    {
        foreach (string document in documents)
            Says(request, HttpStatusCode.OK, document, MediaTypeNames.Application.Json);
    }

    public void Refuses(string request, HttpStatusCode status, string problem) =>
        Says(request, status, problem, MediaTypeNames.Application.ProblemJson);

    public void Says(string request, HttpStatusCode status, string body, string mediaType) =>
        Will(request, () => new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, mediaType) });

    public void IsGoneFor(string request) => Will(request, () => throw new HttpRequestException("Connection refused"));

    public void Will(string request, Func<HttpResponseMessage> answer)
    {
        if (!_answers.TryGetValue(request, out Queue<Func<HttpResponseMessage>>? queue))
            _answers[request] = queue = new();
        queue.Enqueue(answer);
    }

    public HttpMessageHandler Connect(Uri server) => new Handler(this);

    public void Dispose() => _answers.Clear();

    private HttpResponseMessage AnswerTo(string request)
    {
        if (!_answers.TryGetValue(request, out Queue<Func<HttpResponseMessage>>? queue))
            throw new HttpRequestException($"Nothing is canned for {request}");
        return (queue.Count > 1 ? queue.Dequeue() : queue.Peek())();
    }

    private sealed class Handler(CannedServer server) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string line = $"{request.Method} {request.RequestUri!.PathAndQuery}";
            string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            server.Requests.Add(new Request(request.RequestUri, line, body));
            return server.AnswerTo(line);
        }
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record Request(Uri Address, string Line, string Body);
