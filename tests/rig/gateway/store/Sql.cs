using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Short forms for SQL with named parameters.</summary>
internal static class Sql
{
    /// <summary>Runs a statement.</summary>
    /// <returns>Rows that it changed.</returns>
    public static int Run(
        this SqliteConnection db, string text, params (string Name, object? Value)[] values)
    {
        using SqliteCommand command = Make(db, text, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>All rows of a query.</summary>
    public static List<T> Query<T>(this SqliteConnection db, string text,
        Func<SqliteDataReader, T> read, params (string Name, object? Value)[] values)
    {
        using SqliteCommand command = Make(db, text, values);
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The number that a query gives; 0 for none.</summary>
    public static long Number(
        this SqliteConnection db, string text, params (string Name, object? Value)[] values)
    {
        using SqliteCommand command = Make(db, text, values);
        return command.ExecuteScalar() is long number ? number : 0;
    }

    /// <summary>A text column; null for NULL.</summary>
    public static string? Text(this SqliteDataReader reader, string column) =>
        reader[column] as string;

    /// <summary>A number column; null for NULL.</summary>
    public static long? Long(this SqliteDataReader reader, string column) =>
        reader[column] as long?;

    /// <summary>A boolean column.</summary>
    public static bool Flag(this SqliteDataReader reader, string column) =>
        reader[column] is long and not 0;

    /// <summary>A column of bytes; null for NULL.</summary>
    public static byte[]? Bytes(this SqliteDataReader reader, string column) =>
        reader[column] as byte[];

    private static SqliteCommand Make(
        SqliteConnection db, string text, (string Name, object? Value)[] values)
    {
        SqliteCommand command = db.CreateCommand();
        command.CommandText = text;
        foreach ((string name, object? value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
