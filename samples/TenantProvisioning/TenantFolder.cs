using System.Text.Json;

namespace TenantProvisioning;

/// <summary>The outer world of this sample: one folder for each tenant, one JSON file for each thing it has.</summary>
internal sealed class TenantFolder(string root)
{
    public static bool IsValidName(string tenant) =>
        tenant.Length is >= 1 and <= 40 && tenant.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Writes the thing unless it is there, and returns what is there afterwards.</summary>
    public async Task<T> CreateOrReadAsync<T>(string tenant, string file, T value, CancellationToken cancellationToken)
        where T : class
    {
        var path = PathOf(tenant, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Written beside and moved, so that a worker that dies in the middle leaves no half of a file.
        var draft = $"{path}.{Guid.NewGuid():N}";
        await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(value), cancellationToken);
        try
        {
            File.Move(draft, path, overwrite: false);
            return value;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
            return (await ReadAsync<T>(tenant, file, cancellationToken))!;
        }
    }

    public async Task<T?> ReadAsync<T>(string tenant, string file, CancellationToken cancellationToken)
        where T : class
    {
        var path = PathOf(tenant, file);
        return File.Exists(path) ? JsonSerializer.Deserialize<T>(await File.ReadAllTextAsync(path, cancellationToken)) : null;
    }

    public void Delete(string tenant, string file)
    {
        var path = PathOf(tenant, file);
        File.Delete(path);
        if (!Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!).Any())
            Directory.Delete(Path.GetDirectoryName(path)!);
    }

    private string PathOf(string tenant, string file) => IsValidName(tenant)
        ? Path.Combine(root, tenant, file)
        : throw new ArgumentException($"`{tenant}` is no name of a tenant.", nameof(tenant));
}
