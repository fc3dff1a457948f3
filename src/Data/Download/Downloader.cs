using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Reproduction.Data;

/// <summary>
/// Downloads a file whose SHA-256 is known, or a gzip-compressed file the SHA-256 of whose uncompressed content is
/// known. Partial downloads are kept beside the target as <c>*.part</c> and continued the next time. The target appears
/// only once its content is verified.
/// </summary>
public sealed class Downloader : IDisposable
{
    private readonly HttpClient client;
    private readonly TimeSpan responseTimeout;
    private readonly TimeSpan stallTimeout;

    /// <param name="responseTimeout">How long to wait for a server's first answer; this is what a blocked network
    /// costs.</param>
    /// <param name="stallTimeout">How long the stream may deliver nothing before the connection counts as cut.</param>
    public Downloader(TimeSpan responseTimeout, TimeSpan stallTimeout)
    {
        this.responseTimeout = responseTimeout;
        this.stallTimeout = stallTimeout;
        client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = responseTimeout })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Downloads one file.</summary>
    /// <param name="source">The address of the file.</param>
    /// <param name="target">The path to store the file at; its folder is created if needed.</param>
    /// <param name="sha256">The expected SHA-256, in lower-case hexadecimal digits.</param>
    /// <param name="isOfContent">Whether the checksum covers the uncompressed content of a gzip file rather than the
    /// file itself.</param>
    /// <param name="progress">Receives (bytes so far, bytes in all or null).</param>
    /// <exception cref="DataSetException">The connection failed or was cut (call again to continue); or the content is
    /// wrong (nothing is kept); or the address is neither an HTTPS address nor an HTTP address of this
    /// machine.</exception>
    public async Task FetchAsync(
        Uri source,
        string target,
        string sha256,
        bool isOfContent,
        Action<long, long?>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Scheme != Uri.UriSchemeHttps && !(source.Scheme == Uri.UriSchemeHttp && source.IsLoopback))
        {
            throw new DataSetException($"{source}: not an address of https; downloads are made over nothing else");
        }

        string part = target + ".part";
        try
        {
            await ReceiveAsync(source, part, progress, cancellation);
            string found = Sha256Of(part, isOfContent);
            if (found != sha256)
            {
                File.Delete(part);
                throw new DataSetException(
                    $"{source}: wrong content (SHA-256 expected {sha256}, found {found}); nothing was kept"
                );
            }

            File.Move(part, target, overwrite: true);
        }
        catch (InvalidDataException exception)
        {
            File.Delete(part);
            throw new DataSetException($"{source}: {exception.Message}; nothing was kept", exception);
        }
        catch (Exception exception)
            when (exception
                    is HttpRequestException
                        or IOException
                        or OperationCanceledException
                        or UnauthorizedAccessException
                && !cancellation.IsCancellationRequested
            )
        {
            string reason = exception is OperationCanceledException ? "no answer in time" : exception.Message;
            throw new DataSetException($"{source}: {reason}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task ReceiveAsync(
        Uri source,
        string part,
        Action<long, long?>? progress,
        CancellationToken cancellation
    )
    {
        long have = File.Exists(part) ? new FileInfo(part).Length : 0;
        using HttpRequestMessage request = new(HttpMethod.Get, source);
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
        }

        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(responseTimeout);
        using HttpResponseMessage response = await client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            patience.Token
        );
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return; // The whole file arrived earlier; its checksum decides.
        }

        response.EnsureSuccessStatusCode();
        bool continues =
            response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
        have = continues ? have : 0;
        long? total = have + response.Content.Headers.ContentLength;
        RequireKnownSize(total ?? 0);
        await using Stream body = await response.Content.ReadAsStreamAsync(patience.Token);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(part))!);
        await using FileStream file = new(part, continues ? FileMode.Append : FileMode.Create);
        byte[] buffer = new byte[1 << 16];
        while (true)
        {
            patience.CancelAfter(stallTimeout);
            int read = await body.ReadAsync(buffer, patience.Token);
            if (read == 0)
            {
                break;
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            have += read;
            RequireKnownSize(have);
            progress?.Invoke(have, total);
        }

        if (total is { } expected && have < expected)
        {
            throw new IOException($"connection cut after {have} of {expected} bytes; call again to continue");
        }
    }

    private static void RequireKnownSize(long size)
    {
        if (size > DataFile.LargestSize)
        {
            throw new InvalidDataException($"more than {DataFile.LargestSize >> 20} MiB, which no known data set is");
        }
    }

    private static string Sha256Of(string path, bool isOfContent)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (!isOfContent)
            {
                return Convert.ToHexStringLower(SHA256.HashData(file));
            }

            using GZipStream content = new(file, CompressionMode.Decompress);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int read; (read = content.Read(buffer)) > 0; )
            {
                hash.AppendData(buffer, 0, read);
                if ((size += read) > DataFile.LargestSize)
                {
                    return "(of more than any data set holds)";
                }
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (InvalidDataException)
        {
            return "(not gzip data)";
        }
    }
}
