package dev.cloudmend.emulators;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Shell scripts that stand in for the programs of a machine. */
final class FakePrograms {

  private final Path folder;

  FakePrograms(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  String searchPath() {
    return folder.toString();
  }

  void add(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A Python that makes a virtual environment, into which moto comes when pip is called. */
  void addPythonWithoutMoto(Path pipArguments) throws IOException {
    add(
        "python3",
        """
        case "$2" in
          venv)
            mkdir -p "$4/bin"
            cat > "$4/bin/python" <<'END'
        #!/bin/sh
        here=$(dirname "$0")
        case "$2" in
          pip) echo "$@" > '%s'; touch "$here/moto" ;;
          *) [ -e "$here/moto" ] && echo 5.2.1 && echo "$0" ;;
        esac
        END
            chmod +x "$4/bin/python" ;;
          *ensurepip*) exit 0 ;;
          *) exit 1 ;;
        esac
        """
            .formatted(pipArguments));
  }

  void addPythonWhosePipFails(String message) throws IOException {
    add(
        "python3",
        """
        case "$2" in
          venv)
            mkdir -p "$4/bin"
            printf '#!/bin/sh\\necho "%s"; exit 1\\n' > "$4/bin/python"
            chmod +x "$4/bin/python" ;;
          *ensurepip*) exit 0 ;;
          *) exit 1 ;;
        esac
        """
            .formatted(message));
  }

  void addMotoThatEnds(String message) throws IOException {
    add("moto_server", "exit 1\n");
    add(
        "python3",
        """
        case "$2" in
          *importlib.metadata*) echo 5.2.1; echo "$0" ;;
          *) echo "%s"; exit 1 ;;
        esac
        """
            .formatted(message));
  }
}
