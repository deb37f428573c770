using System.Reflection;
using System.Text.Json;
using Sweep.Store;

// Prints the statements of both stores as JSON: {"Postgres": {"TrialSql.List": "SELECT …"}}. They are nobody else's business, so they are read as constants.
var statements = typeof(Stores).Assembly.GetTypes()
    .Where(type => type.Namespace is "Sweep.Store.Postgres" or "Sweep.Store.Sqlite")
    .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(field => field.IsLiteral && field.GetRawConstantValue() is string)
        .Select(field => (Store: type.Namespace!.Split('.')[^1], Name: $"{type.Name}.{field.Name}", Sql: (string)field.GetRawConstantValue()!)))
    .GroupBy(constant => constant.Store, StringComparer.Ordinal)
    .ToDictionary(store => store.Key, store => store.ToDictionary(constant => constant.Name, constant => constant.Sql), StringComparer.Ordinal);
Console.WriteLine(JsonSerializer.Serialize(statements));
