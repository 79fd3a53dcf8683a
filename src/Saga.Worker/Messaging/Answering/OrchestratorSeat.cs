using System.Data;
using System.Security.Cryptography;
using Npgsql;

namespace Saga.Worker.Messaging.Answering;

/// <summary>
/// A number that no other orchestrator on this database has, as an advisory lock of a connection that stays open. It only decides who is fast at what: two with
/// the same number do nothing wrong.
/// </summary>
internal sealed class OrchestratorSeat : IAsyncDisposable
{
    // Any number that nobody else in the database takes; the second is the seat's own.
    private const string TryLock = "SELECT pg_try_advisory_lock(508073615, $1)";

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly NpgsqlConnection _connection;
    private bool _isHeld;
    private bool _isLossTold;

    private OrchestratorSeat(string connectionString, TimeProvider clock, ILogger logger)
    {
        (_clock, _logger) = (clock, logger);
        _connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Multiplexing = false, KeepAlive = 30 }.ConnectionString);
    }

    /// <summary>The number, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Takes the first number that is free; any, when all are taken or the database does not say.</summary>
    public static async Task<OrchestratorSeat> TakeAsync(
        string connectionString, int seats, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        var seat = new OrchestratorSeat(connectionString, clock, logger);
        try
        {
            await seat.TakeFirstFreeAsync(seats, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await seat.DisposeAsync();
            throw;
        }
        catch (Exception exception)
        {
            seat.TellLoss(exception);
        }

        if (seat.Number == 0)
            seat.Number = RandomNumberGenerator.GetInt32(seats) + 1;
        return seat;
    }

    /// <summary>Holds the number until it is told to stop, and takes it again when the connection was lost.</summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (_connection.State != ConnectionState.Open)
                {
                    _isHeld = false;
                    await _connection.OpenAsync(cancellationToken);
                }

                // Somebody else may have it, who may let go of it.
                _isHeld = _isHeld || await TryTakeAsync(Number, cancellationToken);
                _isLossTold = false;

                // Nobody notifies: this fails when the connection breaks.
                await _connection.WaitAsync(_look, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                TellLoss(exception);
                await Task.Delay(_pause, _clock, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Once for as long as it lasts, however often it is tried.
    private void TellLoss(Exception exception)
    {
        if (!_isLossTold)
            _logger.SeatLost(_pause.TotalSeconds, exception.GetBaseException().Message);
        _isLossTold = true;
    }

    private async Task TakeFirstFreeAsync(int seats, CancellationToken cancellationToken)
    {
        await _connection.OpenAsync(cancellationToken);
        for (var number = 1; number <= seats && Number == 0; number++)
        {
            _isHeld = await TryTakeAsync(number, cancellationToken);
            if (_isHeld)
                Number = number;
        }
    }

    private async Task<bool> TryTakeAsync(int number, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(TryLock, _connection) { Parameters = { new() { Value = number } } };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
