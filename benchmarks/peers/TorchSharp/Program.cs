using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Reproduction.TorchSharpPeer;
using TorchSharp;
using static TorchSharp.torch;

// Times one job in TorchSharp, in several ways of writing it, and prints one line of JSON: seconds by variant. The jobs
// are those of torch_peer.py: one epoch on MNIST of competitive, hebbnet, softhebb, backprop-32 or backprop-256.
string Argument(string name, string otherwise)
{
    int index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : otherwise;
}

string job = Argument("--job", "competitive");
int units = int.Parse(Argument("--units", "2048"));
set_num_threads(int.Parse(Argument("--threads", Environment.ProcessorCount.ToString())));
(Tensor samples, Tensor labels) = Mnist(Argument("--data", "data"));

Dictionary<string, Func<Job>> variants = job switch
{
    "competitive" => new()
    {
        ["tuned"] = () => new Competitive(units, isSparse: false),
        ["sparse"] = () => new Competitive(units, isSparse: true),
    },
    "hebbnet" => new()
    {
        ["tuned"] = () => new HebbNet(units, isSparse: false),
        ["sparse"] = () => new HebbNet(units, isSparse: true),
    },
    "softhebb" => new() { ["tuned"] = () => new SoftHebb(units) },
    "backprop-32" => new() { ["module"] = () => new Module(32), ["by hand"] = () => new ByHand(32) },
    "backprop-256" => new() { ["module"] = () => new Module(256), ["by hand"] = () => new ByHand(256) },
    _ => [],
};
Dictionary<string, double> seconds = [];
foreach ((string name, Func<Job> create) in variants)
{
    manual_seed(1);
    Job made = create();
    using IDisposable noGradient = made.NeedsGradient ? enable_grad() : no_grad();
    seconds[name] = Epoch(made);
}

Console.WriteLine(JsonSerializer.Serialize(new { version = __version__, seconds }));

// Seconds of one pass over the samples in random order, after some steps that do not count.
double Epoch(Job made)
{
    using Tensor order = randperm(samples.shape[0], ScalarType.Int64);
    Stopwatch clock = new();
    for (int first = -20 * made.Batch; first < order.shape[0]; first += made.Batch)
    {
        if (first == 0)
        {
            clock.Start();
        }

        using DisposeScope scope = NewDisposeScope();
        long start = Math.Max(first, 0),
            end = Math.Min(start + made.Batch, order.shape[0]);
        Tensor chosen = order.slice(0, start, end, 1);
        made.Step(samples.index_select(0, chosen), labels.index_select(0, chosen));
    }

    return clock.Elapsed.TotalSeconds;
}

static (Tensor Samples, Tensor Labels) Mnist(string folder)
{
    Tensor Read(string name, int header)
    {
        using GZipStream stream = new(File.OpenRead(Path.Combine(folder, "mnist", name)), CompressionMode.Decompress);
        using MemoryStream content = new();
        stream.CopyTo(content);
        return tensor(content.ToArray()[header..], ScalarType.Byte);
    }

    Tensor images = Read("train-images-idx3-ubyte.gz", 16).reshape(-1, 784).to(ScalarType.Float32);
    return (((images / 255) - 0.1307) / 0.3081, Read("train-labels-idx1-ubyte.gz", 8).to(ScalarType.Int64));
}
