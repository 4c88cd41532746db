package dev.cloudmend.endpoint.front;

import dev.cloudmend.endpoint.AwsAnswer;
import java.nio.ByteBuffer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Streams requests on to the emulator and its answers back, neither of them held whole. Headers
 * stay as they are, Host among them: moto makes queue URLs from it.
 */
final class Relay extends ProxyHandler {

  private final Addresses addresses;

  Relay(Addresses addresses) {
    this.addresses = addresses;
  }

  /**
   * Says "100 Continue" itself, as soon as it reads on: moto's server says it twice, which no
   * client can follow.
   */
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    return super.handle(new WithoutExpectation(request), response, callback);
  }

  private static final class WithoutExpectation extends Request.Wrapper {

    private final HttpFields headers;

    WithoutExpectation(Request request) {
      super(request);
      headers = HttpFields.build(request.getHeaders()).remove(HttpHeader.EXPECT).asImmutable();
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }
  }

  @Override
  protected HttpClient newHttpClient() {
    return HttpClients.create("endpoint-relay");
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    HttpClients.configure(client);
  }

  @Override
  protected HttpURI rewriteHttpURI(Request request) {
    return HttpURI.from(
        addresses.of(Head.of(request).service(), request.getHttpURI().getPathQuery()));
  }

  /** Not by way of Jetty's own URI, which takes {@code //} and dots for something to tidy up. */
  @Override
  protected org.eclipse.jetty.client.Request newProxyToServerRequest(
      Request request, HttpURI rewritten) {
    return getHttpClient()
        .newRequest(addresses.of(Head.of(request).service(), request.getHttpURI().getPathQuery()))
        .method(request.getMethod());
  }

  @Override
  protected void addProxyHeaders(
      Request request, org.eclipse.jetty.client.Request proxyToServerRequest) {
    // A relay on the same machine leaves no traces.
  }

  @Override
  protected org.eclipse.jetty.client.Response.CompleteListener newServerToProxyResponseListener(
      Request request,
      org.eclipse.jetty.client.Request onward,
      Response response,
      Callback callback) {
    return new Listener(request, onward, response, callback);
  }

  @Override
  protected void onServerToProxyResponseFailure(
      Request request,
      org.eclipse.jetty.client.Request onward,
      org.eclipse.jetty.client.Response answer,
      Response response,
      Callback callback,
      Throwable failure) {
    if (response.isCommitted()) {
      callback.failed(failure);
    } else {
      Head head = Head.of(request);
      response.reset();
      FrontHandler.write(
          ErrorForm.of(addresses.unavailable(head.service()), head), response, callback);
    }
  }

  /** Puts an error in the service's own form where the emulator answers with a web page. */
  private final class Listener extends ProxyResponseListener {

    private final Head head;
    private final Response response;
    private boolean page;

    Listener(
        Request request,
        org.eclipse.jetty.client.Request onward,
        Response response,
        Callback callback) {
      super(request, onward, response, callback);
      this.head = Head.of(request);
      this.response = response;
    }

    @Override
    public void onHeaders(org.eclipse.jetty.client.Response answer) {
      page =
          Addresses.isPage(
              head.service(), answer.getStatus(), answer.getHeaders().get(HttpHeader.CONTENT_TYPE));
      if (!page) {
        super.onHeaders(answer);
      }
    }

    @Override
    public void onContent(
        org.eclipse.jetty.client.Response answer, Content.Chunk chunk, Runnable demander) {
      if (page) {
        demander.run();
      } else {
        super.onContent(answer, chunk, demander);
      }
    }

    @Override
    public void onSuccess(org.eclipse.jetty.client.Response answer) {
      if (page) {
        String name = (head.service() + " " + head.operation()).strip();
        AwsAnswer error = ErrorForm.of(addresses.unknown(name), head);
        FrontHandler.write(error, response, this);
      } else {
        response.write(true, ByteBuffer.allocate(0), this);
      }
    }
  }
}
