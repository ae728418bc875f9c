// The benchmarks' command line.

using System.CommandLine;
using Keyway.Tests.Bench;

RootCommand root = new("Keyway's benchmarks: what is measured is printed, nothing is assumed.");

Command storage = new("storage", "What each storage operation costs on a model of NOR flash.");
storage.SetAction(_ => StorageBench.Run());
root.Subcommands.Add(storage);

return await root.Parse(args).InvokeAsync();
