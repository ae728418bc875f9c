using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>What the OpenAPI document says that the framework cannot see.</summary>
internal static class OpenApiText
{
    private const string Json = "application/json";

    /// <summary>Configures the document.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Keyway gateway",
                Version = "1",
                Description = "The access code routes of Seam Connect, in front of Keyway's locks.",
            };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            ApiRoute? route = context.Description.ActionDescriptor.EndpointMetadata
                .OfType<ApiRoute>().FirstOrDefault();
            if (route != null)
            {
                Describe(operation, route, context.Description.HttpMethod ?? "POST");
            }

            return Task.CompletedTask;
        });
    }

    private static void Describe(OpenApiOperation operation, ApiRoute route, string method)
    {
        operation.OperationId =
            $"{method.ToLowerInvariant()}{route.Path.Replace('/', '_')}";
        operation.Summary = route.Summary;
        operation.Tags = null;
        if (ApiGate.HasBody(method))
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Json] = new() { Schema = ObjectOf(route.Parameters) },
                },
            };
        }
        else
        {
            operation.Parameters = [.. route.Parameters.Select(parameter => new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Required = parameter.IsRequired,
                Schema = SchemaOf(parameter),
            })];
        }

        operation.Responses = new OpenApiResponses();
        foreach ((string status, string text) in new (string, string)[]
            {
                ("200", "Done; of a command: taken, and action_attempts/get says how it ends."),
                ("400", "Something in the request is wrong; validation_errors says what."),
                ("401", "No credentials, or unknown ones."),
                ("404", "Not there, or not in the caller's scope."),
                ("409", "The device has an access code with these digits."),
                ("429", "Too many requests for this device; Retry-After says when again."),
            })
        {
            operation.Responses[status] = new OpenApiResponse
            {
                Description = text,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Json] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
                },
            };
        }
    }

    private static OpenApiSchema ObjectOf(Parameter[] parameters) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = parameters.ToDictionary(
            parameter => parameter.Name, parameter => (IOpenApiSchema)SchemaOf(parameter)),
        Required = parameters.Where(parameter => parameter.IsRequired)
            .Select(parameter => parameter.Name).ToHashSet(),
    };

    private static OpenApiSchema SchemaOf(Parameter parameter) => parameter.Kind switch
    {
        ParameterKind.Uuid => Uuid(),
        ParameterKind.Uuids => new() { Type = JsonSchemaType.Array, Items = Uuid() },
        ParameterKind.Boolean => new() { Type = JsonSchemaType.Boolean },
        ParameterKind.Integer => new() { Type = JsonSchemaType.Integer },
        ParameterKind.Text => new() { Type = JsonSchemaType.String },
        _ => new() { Type = ParameterReader.JsonTypeOf(parameter.Name) },
    };

    private static OpenApiSchema Uuid() =>
        new() { Type = JsonSchemaType.String, Format = "uuid" };
}
