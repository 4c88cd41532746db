package dev.cloudmend.endpoint.lambda;

import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.endpoint.Watching;
import java.util.Set;
import java.util.function.Consumer;

/** Learns what is deployed: keeps the packages, and forgets configurations that were changed. */
final class FunctionWrites implements Watching {

  private static final Set<String> OPERATIONS =
      Set.of(
          "lambda:CreateFunction",
          "lambda:UpdateFunctionCode",
          "lambda:UpdateFunctionConfiguration",
          "lambda:PublishVersion",
          "lambda:CreateAlias",
          "lambda:UpdateAlias",
          "lambda:DeleteAlias",
          "lambda:DeleteFunction");

  private final Upstream upstream;
  private final CodeStore store;
  private final DeployedFunctions functions;
  private final Environments environments;
  private final Consumer<String> log;

  FunctionWrites(
      Upstream upstream,
      CodeStore store,
      DeployedFunctions functions,
      Environments environments,
      Consumer<String> log) {
    this.upstream = upstream;
    this.store = store;
    this.functions = functions;
    this.environments = environments;
    this.log = log;
  }

  @Override
  public Set<String> operations() {
    return OPERATIONS;
  }

  @Override
  public void succeeded(AwsRequest request, AwsAnswer answer) {
    functions.forget();
    switch (request.operation()) {
      case "CreateFunction", "UpdateFunctionCode" -> keepCode(request);
      case "DeleteFunction" -> {
        FunctionName function =
            FunctionName.parse(
                InvocationPath.functionOf(request.path()),
                upstream.account(request.accessKey()),
                request.region());
        if (function.qualifier().isEmpty() && !request.path().contains("Qualifier=")) {
          environments.retireFunction(function);
        }
      }
      default -> {}
    }
  }

  /** The emulator has taken the call already; what goes wrong here is told again by an Invoke. */
  private void keepCode(AwsRequest request) {
    try {
      PackageReader.Found found = PackageReader.read(request.body(), store);
      String key = found.fields().get("S3Key");
      String bucket = found.fields().get("S3Bucket");
      if (found.codeSha256().isEmpty() && key != null && bucket != null) {
        String version = found.fields().getOrDefault("S3ObjectVersion", "");
        byte[] code = functions.object(Upstream.Caller.of(request), bucket, key, version).bytes();
        store.keep(out -> out.write(code));
      }
    } catch (CodeException e) {
      log.accept("The package of a function cannot be used: " + e.getMessage());
    } catch (RuntimeException e) {
      log.accept("The package of a function cannot be kept: " + e.getClass().getSimpleName());
    }
  }
}
