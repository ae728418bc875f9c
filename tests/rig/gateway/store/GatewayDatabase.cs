// The gateway's one database. Everything that must outlive a request is in it, so that several
// gateways can share it.

using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>SQLite in a file, in WAL mode: readers never wait, one writer at a time.</summary>
internal sealed class GatewayDatabase
{
    private readonly string _connection;

    /// <summary>Opens the file; makes the tables when it is new.</summary>
    /// <exception cref="IOException">It cannot be opened, or is no such database.</exception>
    public GatewayDatabase(string path)
    {
        _connection = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
        try
        {
            using SqliteConnection db = Open();
            db.Run("PRAGMA journal_mode = WAL");
            Write(made => made.Run(Schema.Text));
            if (db.Number("PRAGMA user_version") != Schema.Version)
            {
                throw new IOException(
                    $"{path}: was made by another version of the rig; give another --data");
            }
        }
        catch (SqliteException damage)
        {
            throw new IOException($"{path}: is no database of the gateway ({damage.Message}); "
                + "restore it, or give another --data", damage);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>Reads.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        using SqliteConnection db = Open();
        return work(db);
    }

    /// <summary>Reads and writes as one step, alone among the gateways; nothing is kept when
    /// it throws.</summary>
    public T Write<T>(Func<SqliteConnection, T> work)
    {
        using SqliteConnection db = Open();

        // Microsoft.Data.Sqlite begins IMMEDIATE unless told otherwise, and waits for its turn.
        using SqliteTransaction step = db.BeginTransaction();
        T result = work(db);
        step.Commit();
        return result;
    }

    private SqliteConnection Open()
    {
        var db = new SqliteConnection(_connection);
        db.Open();
        return db;
    }
}
