using System.Data;
using System.Data.Common;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>
/// The commands of one connection for as long as it is open: each is compiled once. A connection that is opened again may be another underneath, on which a
/// command from before would run without belonging to it.
/// </summary>
internal sealed class SqliteCommands
{
    // How many there are depends on how many sets of columns the messages change.
    private const int Most = 256;

    private readonly DbConnection _connection;
    private readonly Dictionary<(TableShape Table, RowChangeKind Kind, ulong Columns), DbCommand> _commands = [];

    public SqliteCommands(DbConnection connection)
    {
        _connection = connection;
        connection.StateChange += (_, change) =>
        {
            // Which has disposed of them already.
            if (change.CurrentState == ConnectionState.Closed)
                _commands.Clear();
        };
    }

    /// <summary>The command that writes a row of such a group.</summary>
    public DbCommand Of(RowGroup group)
    {
        var key = (group.Table, group.Kind, group.Mask);
        if (_commands.TryGetValue(key, out var known))
            return known;

        if (_commands.Count == Most)
            Forget();
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of identifiers of the model; every value is a parameter.
        command.CommandText = SqliteStatements.Of(group);
#pragma warning restore CA2100
        _commands.Add(key, command);
        return command;
    }

    private void Forget()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _commands.Clear();
    }
}
