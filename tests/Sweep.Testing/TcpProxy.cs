using System.Net;
using System.Net.Sockets;

namespace Sweep.Testing;

/// <summary>Stands between a client and a server of the loopback, and cuts a connection where a test wants it.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly int target;
    private readonly Task accepting;
    private TaskCompletionSource<Socket> held = new();
    private byte[] heldBytes = [];
    private TaskCompletionSource? frozen;
    private int mode;

    public TcpProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    private enum Cut
    {
        None,
        Answer,
        Request,
        HoldRequest,
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Nothing passes from now on, in either direction, and no connection is closed: the network is gone.</summary>
    public void Freeze() => frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What waited goes on its way.</summary>
    public void Thaw() => Interlocked.Exchange(ref frozen, null)?.SetResult();

    /// <summary>The next answer of the server is lost with its connection; what it answers has happened.</summary>
    public void CutNextAnswer() => Volatile.Write(ref mode, (int)Cut.Answer);

    /// <summary>The next request is lost with its connection; the server never hears of it.</summary>
    public void CutNextRequest() => Volatile.Write(ref mode, (int)Cut.Request);

    /// <summary>The client loses its connection with the next request, and the server gets that only with <see cref="DeliverAsync"/>.</summary>
    public void HoldNextRequest() => Volatile.Write(ref mode, (int)Cut.HoldRequest);

    /// <summary>Hands the request that was held to the server, on its old connection; returns what the server says to it.</summary>
    public async Task<string> DeliverAsync()
    {
        using var server = await held.Task;
        await server.SendAsync(heldBytes);
        var buffer = new byte[65536];
        var count = await server.ReceiveAsync(buffer);
        return System.Text.Encoding.ASCII.GetString(buffer, 0, count);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptSocketAsync(stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.NoDelay = true;
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            var keeps = false;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, cut.Token);
                var requests = PumpAsync(client, server, isRequest: true, cut);
                var answers = PumpAsync(server, client, isRequest: false, cut);
                keeps = await requests;
                await answers;
            }
            catch (SocketException)
            {
                // The server is down: the client learns it from the closed connection.
            }
            finally
            {
                if (!keeps)
                {
                    server.Dispose();
                }
            }
        }
    }

    /// <summary>True when the server's side stays open, for a request that is held.</summary>
    private async Task<bool> PumpAsync(Socket from, Socket to, bool isRequest, CancellationTokenSource cut)
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (await from.ReceiveAsync(buffer, cut.Token) is > 0 and var count)
            {
                var wanted = (Cut)Volatile.Read(ref mode);
                if (wanted == Cut.Answer && !isRequest || wanted == Cut.Request && isRequest)
                {
                    Volatile.Write(ref mode, (int)Cut.None);
                    break;
                }

                if (wanted == Cut.HoldRequest && isRequest)
                {
                    Volatile.Write(ref mode, (int)Cut.None);
                    heldBytes = buffer[..count];
                    held.SetResult(to);
                    return true;
                }

                if (Volatile.Read(ref frozen) is { } network)
                {
                    await network.Task.WaitAsync(cut.Token);
                }

                await to.SendAsync(buffer.AsMemory(0, count), cut.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The other direction has ended.
        }
        finally
        {
            await cut.CancelAsync();
        }

        return false;
    }
}
