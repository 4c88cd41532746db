package dev.cloudmend.emulators;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Words for exceptions whose own message is only a path, or nothing. */
final class Failures {

  private Failures() {}

  static String describe(Exception failure) {
    return switch (failure) {
      case AccessDeniedException e -> "no permission for " + e.getFile();
      case FileAlreadyExistsException e -> e.getFile() + " is not a folder";
      case NoSuchFileException e -> e.getFile() + " does not exist";
      default ->
          failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    };
  }
}
