using Sweep.Search.Runs;

namespace Sweep.Store.Sqlite;

/// <summary>Reads, replaces and removes checkpoints. Their content lies in rows of 1 MiB.</summary>
internal static class CheckpointRows
{
    public const int ChunkBytes = 1 << 20;

    private const string Newest = "SELECT id, epoch, step, size FROM checkpoints WHERE trial_id = ?1 ORDER BY epoch DESC, step DESC LIMIT 1";
    private const string Final = "SELECT id, epoch, step, size FROM checkpoints WHERE trial_id = ?1 ORDER BY kept DESC, epoch DESC, step DESC LIMIT 1";
    private const string Chunks = "SELECT content FROM checkpoint_chunks WHERE checkpoint_id = ?1 ORDER BY chunk";
    private const string Replaced = "SELECT id FROM checkpoints WHERE trial_id = ?1 AND (kept = 0 OR ?2)";
    private const string IsKept = "SELECT 1 FROM checkpoints WHERE trial_id = ?1 AND epoch = ?2 AND step = ?3";
    private const string RemoveChunks = "DELETE FROM checkpoint_chunks WHERE checkpoint_id = ?1";
    private const string RemoveHead = "DELETE FROM checkpoints WHERE id = ?1";
    private const string AddChunk = "INSERT INTO checkpoint_chunks (checkpoint_id, chunk, content) VALUES (?1, ?2, ?3)";

    private const string AddHead = """
        INSERT INTO checkpoints (trial_id, epoch, step, attempt, size, created_at, kept) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """;

    /// <summary>By way of the checkpoints, of which there are few however many trials there are: those of the sweep's first trial and of later ones.</summary>
    private const string Unneeded = $"""
        SELECT c.id FROM checkpoints c CROSS JOIN trials t ON t.id = c.trial_id
        WHERE c.trial_id >= (SELECT id FROM trials WHERE sweep_id = ?1 ORDER BY number, replicate LIMIT 1) AND t.sweep_id = ?1 AND t.state IN {TrialStateSql.Final} AND substr(t.reason, 1, length(?4)) <> ?4
          AND t.number NOT IN (SELECT value FROM json_each(?2))
        LIMIT ?3
        """;

    public static Checkpoint? ReadNewest(SqliteConnection database, long trialId) => Read(database, Newest, trialId);

    /// <summary>The best epoch's where one is kept, else the newest.</summary>
    public static Checkpoint? ReadFinal(SqliteConnection database, long trialId) => Read(database, Final, trialId);

    /// <summary>Puts a checkpoint in the place of the one before it, whose pages it takes; the best so far stays unless this is better.</summary>
    public static void Replace(WriteSession session, long trialId, int attempt, Checkpoint checkpoint)
    {
        Remove(session, session.Use(Replaced).Bind(1, trialId).Bind(2, checkpoint.IsBest ? 1 : 0));
        using (var kept = session.Use(IsKept).Bind(1, trialId).Bind(2, checkpoint.Epoch).Bind(3, checkpoint.Step))
        {
            if (kept.Step())
            {
                // The trial stands where its best is, and a checkpoint of one position has one content.
                return;
            }
        }

        using (var head = session.Use(AddHead))
        {
            head.Bind(1, trialId).Bind(2, checkpoint.Epoch).Bind(3, checkpoint.Step).Bind(4, attempt)
                .Bind(5, checkpoint.Content.Length).Bind(6, session.Now)
                .Bind(7, checkpoint.IsBest ? 1 : 0).Run();
        }

        var id = session.Database.LastInsertRowId;
        for (var (chunk, at) = (0, 0); at < checkpoint.Content.Length; chunk++, at += ChunkBytes)
        {
            using var insert = session.Use(AddChunk);
            insert.Bind(1, id).Bind(2, chunk)
                .Bind(3, checkpoint.Content.Span.Slice(at, Math.Min(ChunkBytes, checkpoint.Content.Length - at))).Run();
        }
    }

    /// <summary>Removes up to <paramref name="limit"/> checkpoints of trials that nobody can try again and whose numbers are not kept; returns how many.</summary>
    public static int RemoveUnneeded(WriteSession session, long sweepId, IReadOnlyCollection<int> kept, int limit) =>
        Remove(session, session.Use(Unneeded).Bind(1, sweepId).Bind(2, $"[{string.Join(',', kept)}]").Bind(3, limit).Bind(4, Endings.SiblingPrefix));

    /// <summary>Removes a trial's checkpoints, whatever they are for; returns how many.</summary>
    public static int RemoveAll(WriteSession session, long trialId) => Remove(session, session.Use(Replaced).Bind(1, trialId).Bind(2, 1));

    private static Checkpoint? Read(SqliteConnection database, string query, long trialId)
    {
        using var head = database.Use(query).Bind(1, trialId);
        if (!head.Step())
        {
            return null;
        }

        var content = new byte[head.Long(3)];
        var filled = 0;
        using var chunks = database.Use(Chunks).Bind(1, head.Long(0));
        while (chunks.Step())
        {
            var chunk = chunks.Blob(0);
            chunk.CopyTo(content.AsSpan(filled));
            filled += chunk.Length;
        }

        return filled == content.Length
            ? new Checkpoint(head.Int(1), head.Long(2), content)
            : throw new InvalidDataException($"checkpoint {head.Long(0)} has {filled} of {content.Length} bytes");
    }

    /// <summary>Puts a copy of another trial's newest checkpoint in the place of a trial's own.</summary>
    public static void Copy(WriteSession session, long fromTrialId, long toTrialId)
    {
        if (ReadNewest(session.Database, fromTrialId) is not { } checkpoint)
        {
            throw new InvalidDataException($"trial {fromTrialId} has no checkpoint to go on from");
        }

        using var attempt = session.Use("SELECT attempt FROM trials WHERE id = ?1").Bind(1, toTrialId);
        attempt.Step();
        Replace(session, toTrialId, attempt.Int(0), checkpoint);
    }

    private static int Remove(WriteSession session, SqliteStatement query)
    {
        var ids = query.ReadAll(row => row.Long(0));
        foreach (var id in ids)
        {
            using var chunks = session.Use(RemoveChunks).Bind(1, id);
            chunks.Run();
            using var head = session.Use(RemoveHead).Bind(1, id);
            head.Run();
        }

        return ids.Count;
    }
}
