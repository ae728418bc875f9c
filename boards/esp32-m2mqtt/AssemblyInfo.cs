using System.Reflection;
using Keyway.Hal;

[assembly: AssemblyVersion(Release.Version)]
