using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

public sealed class When_an_instance_has_a_shape(PostgresServer postgres)
{
    private const int Times = 20;

    public static IEnumerable<TheoryDataRow<Type, DatabaseKind>> Shapes { get; } =
        from shape in typeof(CrateLine).Assembly.GetTypes()
        where shape.GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IShaped<>))
        from kind in Enum.GetValues<DatabaseKind>()
        select new TheoryDataRow<Type, DatabaseKind>(shape, kind);

    [Theory, MemberData(nameof(Shapes))]
    public async Task All_of_it_is_stored_changed_and_deleted(Type shape, DatabaseKind kind) =>
        (await RunAsync(shape, kind, nameof(ChangeAsync))).ShouldBe("7 plums");

    [Theory, MemberData(nameof(Shapes))]
    public async Task Two_processes_overwrite_nothing(Type shape, DatabaseKind kind) =>
        (await RunAsync(shape, kind, nameof(ChangeFromBothAsync))).ShouldBe($"{Times + 1} pears");

    private static async Task<string> ChangeAsync<TCrate>(IOrderDatabase database)
        where TCrate : class, IShaped<TCrate>, new()
    {
        await using var host = await CrateHost<TCrate>.StartAsync(database);
        var (id, other) = (Guid.NewGuid(), Guid.NewGuid());

        (await host.PutAsync(id, "pears", 2)).ShouldBe("2 pears");
        (await host.PutAsync(other, "plums", 7)).ShouldBe("7 plums");
        (await host.PutAsync(id, "apples", 1)).ShouldBe("1 apples, 2 pears");
        (await host.PutAsync(id, "pears", 3)).ShouldBe("1 apples, 5 pears");
        (await host.CountAsync(id)).ShouldBe("1 apples, 5 pears");
        (await host.PutAsync(id, "apples", -1)).ShouldBe("5 pears");
        (await host.PutAsync(id, "apples", 4)).ShouldBe("4 apples, 5 pears");
        await ShouldBeStoredAsync<TCrate>(database, "4 apples, 5 pears", "7 plums");

        await host.SendAsync(new CloseCrate(id));
        await Eventually.TrueAsync("the end of the crate", _ => Task.FromResult(host.Received.All<CrateClosed>().Count > 0 || host.Faults.Any()));
        host.ShouldHaveNoFaults();
        await ShouldBeStoredAsync<TCrate>(database, "7 plums");
        return await host.CountAsync(other);
    }

    private static async Task<string> ChangeFromBothAsync<TCrate>(IOrderDatabase database)
        where TCrate : class, IShaped<TCrate>, new()
    {
        await using var one = await CrateHost<TCrate>.StartAsync(database);
        await using var other = await CrateHost<TCrate>.StartAsync(database);
        var id = Guid.NewGuid();
        await one.PutAsync(id, "pears", 1);

        await Task.WhenAll(Enumerable.Range(0, Times).Select(turn => (turn % 2 == 0 ? one : other).SendAsync(new PutIntoCrate(id, "pears", 1))));
        await Eventually.TrueAsync("an answer to each", _ => Task.FromResult(
            one.Received.All<CrateCounted>().Count + other.Received.All<CrateCounted>().Count + one.Faults.Count() + other.Faults.Count() > Times));

        one.ShouldHaveNoFaults();
        other.ShouldHaveNoFaults();
        await using var dbContext = CrateDbContext<TCrate>.Open(database);
        return (await dbContext.Set<TCrate>().SingleAsync()).Contents;
    }

    private static async Task ShouldBeStoredAsync<TCrate>(IOrderDatabase database, params string[] contents)
        where TCrate : class, IShaped<TCrate>
    {
        await using var dbContext = CrateDbContext<TCrate>.Open(database);
        (await dbContext.Set<TCrate>().ToListAsync()).Select(crate => crate.Contents).Order(StringComparer.Ordinal).ShouldBe(contents);

        // A line that belongs to no crate would not be seen otherwise.
        var lines = contents.Sum(text => text.Split(", ").Length);
        if (dbContext.Model.FindEntityType(typeof(CrateLine)) is { } line && !line.IsOwned())
            (await dbContext.Set<CrateLine>().CountAsync()).ShouldBe(lines);
        if (dbContext.Model.FindEntityType(typeof(TypedLine)) is not null)
            (await dbContext.Set<TypedLine>().CountAsync()).ShouldBe(lines);
    }

    private async Task<string> RunAsync(Type shape, DatabaseKind kind, string test)
    {
        await using var database = await postgres.CreateAsync(kind);
        await (Task)typeof(CrateDbContext<>).MakeGenericType(shape).GetMethod("CreateTablesAsync")!.Invoke(null, [database])!;
        return await (Task<string>)GetType().GetMethod(test, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(shape).Invoke(null, [database])!;
    }
}
