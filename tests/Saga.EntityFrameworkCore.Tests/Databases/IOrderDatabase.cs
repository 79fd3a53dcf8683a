using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Databases;

/// <summary>A database for one test alone, which several hosts may share.</summary>
public interface IOrderDatabase : IAsyncDisposable
{
    void Use(DbContextOptionsBuilder options);
}
