package dev.cloudmend.testing;

import dev.cloudmend.emulators.Emulator;
import dev.cloudmend.emulators.LocalStackServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack through Testcontainers, which also removes it when the run is killed. */
final class LocalStackInDocker implements Emulator {

  private LocalStackContainer container = started();

  private static LocalStackContainer started() {
    var container = new LocalStackContainer(DockerImageName.parse(LocalStackServer.IMAGE));
    container.start();
    return container;
  }

  @Override
  public URI endpoint() {
    return container.getEndpoint();
  }

  @Override
  public String name() {
    return "localstack " + LocalStackServer.VERSION;
  }

  @Override
  public boolean alive() {
    return container.isRunning();
  }

  /** Not every edition has the reset endpoint; a new container does the same, only slower. */
  @Override
  public void reset() {
    if (!resetsItself()) {
      container.stop();
      container = started();
    }
  }

  private boolean resetsItself() {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint().resolve("/_localstack/state/reset"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
          == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    container.stop();
  }
}
