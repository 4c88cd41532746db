package dev.cloudmend.endpoint.front;

import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Reads the calls that concern this endpoint, each on a thread of its own; relays all others. */
final class FrontHandler extends Handler.Wrapper {

  /** A function's code may have 50 MB, as base64 inside JSON. */
  private static final int LARGEST_BODY = 80 * 1024 * 1024;

  private static final System.Logger LOG = System.getLogger(FrontHandler.class.getName());

  private final Dispatcher dispatcher;

  FrontHandler(Dispatcher dispatcher, Relay relay) {
    super(relay);
    this.dispatcher = dispatcher;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Head head = Head.of(request);
    if (!dispatcher.concerns(head)) {
      return super.handle(request, response, callback);
    }
    Thread.ofVirtual()
        .name("call " + head.service())
        .start(() -> answer(head, request, response, callback));
    return true;
  }

  private void answer(Head head, Request request, Response response, Callback callback) {
    try {
      write(answer(head, request), response, callback);
    } catch (IOException e) {
      callback.failed(e);
    }
  }

  private AwsAnswer answer(Head head, Request request) throws IOException {
    try {
      AwsRequest call = head.with(read(request));
      return dispatcher.answer(call);
    } catch (ServiceException e) {
      return ErrorForm.of(e, head);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ErrorForm.of(
          new ServiceException(503, "ServiceUnavailable", "The endpoint is being stopped"), head);
    } catch (RuntimeException e) {
      String what = e.getClass().getName() + " at " + e.getStackTrace()[0];
      LOG.log(Level.ERROR, head.service() + ":" + head.operation() + " failed: " + what);
      return ErrorForm.of(new ServiceException(500, "InternalFailure", what), head);
    }
  }

  private static Body read(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
      if (bytes.length > LARGEST_BODY) {
        throw new ServiceException(
            413, "RequestEntityTooLarge", "A request may have " + LARGEST_BODY + " bytes");
      }
      return Body.of(bytes);
    }
  }

  static void write(AwsAnswer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    answer
        .headers()
        .forEach((name, values) -> values.forEach(value -> response.getHeaders().add(name, value)));
    if (!response.getHeaders().contains("x-amzn-requestid")) {
      response.getHeaders().add("x-amzn-requestid", UUID.randomUUID().toString());
    }
    byte[] bytes = answer.body().bytes();
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }
}
