package dev.cloudmend.endpoint.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.cloudmend.endpoint.spool.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The packages of functions, unpacked, in one folder for each content. A package cannot write
 * outside its folder, whatever its entries are called.
 */
final class CodeStore {

  /** Of a package, unpacked, all layers included. */
  private static final long LIMIT = 250L * 1024 * 1024;

  private static final int ENTRIES = 65_535;
  private static final int CHUNK = 64 * 1024;

  private final Path folder;

  CodeStore(Path folder) {
    this.folder = Spool.ownFolder(folder);
  }

  /** Gives the bytes of a package, to where it is told. */
  interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  /** The folder of a package. */
  Optional<Path> find(String codeSha256) {
    Path unpacked = folder(codeSha256);
    return Files.isDirectory(unpacked) ? Optional.of(unpacked) : Optional.empty();
  }

  /**
   * Unpacks a package, unless it is there already.
   *
   * @return its SHA-256 in Base64, as the API tells it
   * @throws CodeException when it is no zip, too large, or not to be trusted
   */
  String keep(Source source) throws CodeException {
    try {
      Path zip = Files.createTempFile(folder, "package", ".zip");
      try {
        String digest = write(source, zip);
        Path unpacked = folder(digest);
        if (!Files.isDirectory(unpacked)) {
          unpack(zip, unpacked);
        }
        return digest;
      } finally {
        Files.deleteIfExists(zip);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A package cannot be written into " + folder, e);
    }
  }

  private static String write(Source source, Path zip) throws IOException {
    MessageDigest digest = sha256();
    try (var out = new DigestOutputStream(Files.newOutputStream(zip), digest)) {
      source.writeTo(out);
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  private void unpack(Path zip, Path unpacked) throws IOException, CodeException {
    Path fresh = Files.createTempDirectory(folder, "new");
    try {
      try (var file = new ZipFile(zip.toFile())) {
        if (file.size() > ENTRIES) {
          throw new CodeException("it has more than " + ENTRIES + " entries");
        }
        long left = LIMIT;
        Enumeration<? extends ZipEntry> entries = file.entries();
        while (entries.hasMoreElements()) {
          left = unpack(file, entries.nextElement(), fresh, left);
        }
      } catch (ZipException e) {
        throw new CodeException("it is not a zip file");
      }
      Files.move(fresh, unpacked, ATOMIC_MOVE);
    } catch (IOException e) {
      // Another call unpacked the same package at the same time.
      if (!Files.isDirectory(unpacked)) {
        throw e;
      }
    } finally {
      delete(fresh);
    }
  }

  private static long unpack(ZipFile zip, ZipEntry entry, Path folder, long left)
      throws IOException, CodeException {
    Path file = inside(folder, entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return left;
    }
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    long remaining = left;
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(file)) {
      byte[] chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        remaining -= read;
        if (remaining < 0) {
          throw new CodeException("it is larger than " + LIMIT + " bytes, unpacked");
        }
        out.write(chunk, 0, read);
      }
    }
    return remaining;
  }

  private static Path inside(Path folder, String name) throws CodeException {
    try {
      Path file = folder.resolve(name).normalize();
      if (!file.startsWith(folder) || (file.equals(folder) && !name.endsWith("/"))) {
        throw new CodeException("an entry lies outside of it");
      }
      return file;
    } catch (InvalidPathException e) {
      throw new CodeException("an entry has a name that no file can have");
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The digest is the emulator's word, so it does not become a file name as it is. */
  private Path folder(String codeSha256) {
    byte[] hash = sha256().digest(codeSha256.getBytes(UTF_8));
    return folder.resolve(HexFormat.of().formatHex(hash, 0, 16));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
