using System.Net;
using System.Security.Cryptography;
using Reproduction.Data;

namespace Reproduction.Tests.Data;

/// <summary>Tests downloads from a server on this machine.</summary>
public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)((i * 7919) >> 5))];
    private static readonly byte[] File1 = IdxFiles.Gzip(Content);
    private static readonly string Checksum = Convert.ToHexStringLower(SHA256.HashData(Content));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("download-");
    private readonly HttpListener server = new();
    private readonly Uri address;
    private readonly List<string?> ranges = [];

    public DownloaderTests()
    {
        for (int attempt = 0; ; attempt++)
        {
            int port = Random.Shared.Next(20_000, 60_000);
            try
            {
                server.Prefixes.Add($"http://127.0.0.1:{port}/");
                server.Start();
                address = new Uri($"http://127.0.0.1:{port}/file.gz");
                return;
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                server.Prefixes.Clear();
            }
        }
    }

    private string Target => Path.Combine(folder.FullName, "set", "file.gz");

    public void Dispose()
    {
        server.Close();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_file_with_the_right_content_arrives_whole()
    {
        Serve(response => Send(response, File1));
        long seen = 0;
        await Fetch(progress: (have, total) => (seen, _) = (have, total));
        Assert.Equal(File1, await File.ReadAllBytesAsync(Target));
        Assert.Equal(File1.Length, seen);
        Assert.False(File.Exists(Target + ".part"));
    }

    [Fact]
    public async Task Wrong_content_is_refused_with_both_checksums_and_leaves_nothing()
    {
        Serve(response => Send(response, IdxFiles.Gzip([1, 2, 3])));
        DataSetException exception = await Assert.ThrowsAsync<DataSetException>(() => Fetch());
        Assert.Contains(Checksum, exception.Message, StringComparison.Ordinal);
        Assert.Contains(
            Convert.ToHexStringLower(SHA256.HashData([1, 2, 3])),
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Content_that_is_no_gzip_is_refused()
    {
        Serve(response => Send(response, "<html>captive portal</html>"u8.ToArray()));
        Assert.Contains(
            "not gzip",
            (await Assert.ThrowsAsync<DataSetException>(() => Fetch())).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_larger_than_any_data_set_is_not_kept_said_or_not()
    {
        const long largest = 1L << 28;
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        foreach (bool isSaid in new[] { true, false })
        {
            using (FileStream part = File.Create(Target + ".part"))
            {
                part.SetLength(largest - 1000);
            }

            Serve(response =>
            {
                response.StatusCode = 206;
                response.AddHeader("Content-Range", $"bytes {largest - 1000}-{largest + 1000}/*");
                response.SendChunked = !isSaid;
                if (isSaid)
                {
                    response.ContentLength64 = 2001;
                }

                try
                {
                    response.OutputStream.Write(new byte[2001]);
                    response.Close();
                }
                catch (HttpListenerException)
                {
                    // The downloader has seen enough and has closed the connection.
                }
            });
            Assert.Contains(
                "more than 256 MiB, which no known data set is; nothing was kept",
                (await Assert.ThrowsAsync<DataSetException>(() => Fetch())).Message,
                StringComparison.Ordinal
            );
            Assert.Empty(Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories));
        }
    }

    [Fact]
    public async Task Nothing_is_fetched_but_over_https()
    {
        using Downloader downloader = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        foreach (
            string plain in new[] { "http://192.0.2.1/file.gz", "ftp://192.0.2.1/file.gz", "file:///etc/hostname" }
        )
        {
            DataSetException exception = await Assert.ThrowsAsync<DataSetException>(() =>
                downloader.FetchAsync(new Uri(plain), Target, Checksum, isOfContent: true)
            );
            Assert.Contains("not an address of https", exception.Message, StringComparison.Ordinal);
        }

        Assert.All(
            DataSets.WithFiles.SelectMany(set => set.Mirrors),
            mirror => Assert.Equal(Uri.UriSchemeHttps, mirror.Scheme)
        );
        Assert.Empty(Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Wrong_content_does_not_touch_a_file_that_is_there()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        await File.WriteAllTextAsync(Target, "earlier");
        Serve(response => Send(response, IdxFiles.Gzip([1, 2, 3])));
        await Assert.ThrowsAsync<DataSetException>(() => Fetch());
        Assert.Equal("earlier", await File.ReadAllTextAsync(Target));
    }

    [Fact]
    public async Task A_cut_connection_is_reported_and_the_next_call_continues_where_it_stopped()
    {
        int half = File1.Length / 2;
        Serve(response =>
        {
            response.ContentLength64 = File1.Length;
            response.OutputStream.Write(File1, 0, half);
            response.OutputStream.Flush();
            response.Abort();
        });
        Serve(response =>
        {
            response.StatusCode = 206;
            long from = new FileInfo(Target + ".part").Length;
            response.AddHeader("Content-Range", $"bytes {from}-{File1.Length - 1}/{File1.Length}");
            Send(response, File1[(int)from..]);
        });
        await Assert.ThrowsAsync<DataSetException>(() => Fetch());
        Assert.False(File.Exists(Target));
        long kept = new FileInfo(Target + ".part").Length;
        Assert.InRange(kept, 1, half);
        await Fetch();
        Assert.Equal([null, $"bytes={kept}-"], ranges);
        Assert.Equal(File1, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task A_server_that_cannot_continue_sends_it_all_again()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        await File.WriteAllBytesAsync(Target + ".part", File1[..1000]);
        Serve(response => Send(response, File1));
        await Fetch();
        Assert.Equal(File1, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task A_server_error_and_a_silent_server_are_reported_with_the_address()
    {
        Serve(response =>
        {
            response.StatusCode = 503;
            response.Close();
        });
        Assert.Contains(
            address.ToString(),
            (await Assert.ThrowsAsync<DataSetException>(() => Fetch())).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no answer in time",
            (await Assert.ThrowsAsync<DataSetException>(() => Fetch(TimeSpan.FromMilliseconds(300)))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_set_is_fetched_from_the_next_mirror_where_the_first_fails()
    {
        Serve(response =>
        {
            response.StatusCode = 404;
            response.Close();
        });
        Serve(response => Send(response, File1));
        IdxDataSet set = new()
        {
            Id = "set",
            Title = "a set",
            Folder = "set",
            Normalization = PixelNormalization.Mnist,
            Mirrors = [new(address, "first/"), new(address, "second/")],
            Checksums = new Dictionary<string, string> { ["file"] = Checksum },
        };
        List<string> said = [];
        new DataSets(folder.FullName, mayDownload: true, said.Add).Fetch(set);
        Assert.Empty(set.Missing(folder.FullName));
        Assert.Contains("file.gz", Assert.Single(said), StringComparison.Ordinal);

        // If every mirror is gone, the error names all of them and says where the files belong.
        File.Delete(Target);
        server.Stop();
        string message = Assert
            .Throws<DataSetException>(() => new DataSets(folder.FullName, mayDownload: true, said.Add).Fetch(set))
            .Message;
        Assert.All(
            new[] { "first/file.gz", "second/file.gz", Path.Combine(folder.FullName, "set") },
            part => Assert.Contains(part, message, StringComparison.Ordinal)
        );
    }

    private static void Send(HttpListenerResponse response, byte[] body)
    {
        response.ContentLength64 = body.Length;
        response.OutputStream.Write(body);
        response.Close();
    }

    private async Task Fetch(TimeSpan? patience = null, Action<long, long?>? progress = null)
    {
        using Downloader downloader = new(patience ?? TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        await downloader.FetchAsync(address, Target, Checksum, isOfContent: true, progress);
    }

    /// <summary>Answers the next request.</summary>
    private void Serve(Action<HttpListenerResponse> answer)
    {
        Task<HttpListenerContext> request = server.GetContextAsync();
        _ = Task.Run(async () =>
        {
            HttpListenerContext context = await request;
            ranges.Add(context.Request.Headers["Range"]);
            answer(context.Response);
        });
    }
}
