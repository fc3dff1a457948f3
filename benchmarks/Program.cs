using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Reproduction.Benchmarks.MatrixProduct).Assembly).Run(args);
