package dev.cloudmend.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts one emulator for a test run and ends it with the run. Says which one it is: once on
 * standard output and in {@code target/emulator.txt}, and as a report entry of each class.
 *
 * @see WithEmulatedAccount
 */
public final class EmulatedAccountExtension implements BeforeAllCallback, ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(EmulatedAccountExtension.class);
  private static final Path NOTE = Path.of("target", "emulator.txt");

  @Override
  public void beforeAll(ExtensionContext context) {
    boolean nested = context.getRequiredTestClass().isAnnotationPresent(Nested.class);
    EmulatedAccount account = account(context);
    if (!nested) {
      account.reset();
      context.publishReportEntry("emulator", account.name());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EmulatedAccount.class;
  }

  @Override
  public EmulatedAccount resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return account(context);
  }

  /** Made at the first use; the root's store closes it when the last test is over. */
  private static EmulatedAccount account(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("account", key -> started(), EmulatedAccount.class);
  }

  private static EmulatedAccount started() {
    var account = new EmulatedAccount(EmulatorChoice.start());
    String note = "Emulated account " + account.accountId() + ": " + account.name();
    System.out.println(note);
    try {
      Files.createDirectories(NOTE.getParent());
      Files.writeString(NOTE, note + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + NOTE, e);
    }
    return account;
  }
}
