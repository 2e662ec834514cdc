// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process.gramine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestTest {
  private static final String CLEAN =
      """
      libos.entrypoint = "/app/a"
      loader.entrypoint.uri = "file:/lib/libos.so"
      loader.argv = ["a"]
      sgx.trusted_files = ["file:/app/"]
      """;

  @TempDir private Path root;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(root.resolve("app/sub"));
    Files.createDirectories(root.resolve("lib"));
    Files.writeString(root.resolve("app/a"), "a");
    Files.writeString(root.resolve("app/sub/b"), "b");
    Files.writeString(root.resolve("lib/libos.so"), "os");
  }

  private GramineManifest expand(String text) throws IOException {
    return GramineManifest.parse(text).expand(new DirectoryTree(root));
  }

  private static String sha256(String content) {
    return Hex.encode(Digests.sha256(content.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void listsWhatADirectoryHolds() throws IOException {
    GramineManifest expanded = expand(CLEAN);
    assertThat(expanded.value("sgx", "trusted_files"))
        .isEqualTo(
            List.of(
                Map.of("uri", "file:/app/a", "sha256", sha256("a")),
                Map.of("uri", "file:/app/sub/b", "sha256", sha256("b"))));
    assertThat(expanded.value("loader", "entrypoint", "sha256")).isEqualTo(sha256("os"));
    assertThat(expanded.expanded()).isTrue();
    assertThat(GramineManifest.parse(CLEAN).expanded()).isFalse();
  }

  @Test
  void isTheSameAfterReadingItsOwnText() throws IOException {
    GramineManifest expanded =
        expand(
            CLEAN
                + """
                loader.env."A.B c" = "tab\\t quote\\" back\\\\ line\\n bell\\u0007 ü"
                fs.mounts = [{ path = "/x", uri = "file:/x" }]
                """);
    GramineManifest again = GramineManifest.parse(expanded.write());
    assertThat(again).isEqualTo(expanded);
    assertThat(again.write()).isEqualTo(expanded.write());
    assertThat(again.expand(new DirectoryTree(root))).isEqualTo(expanded);
  }

  @Test
  void anAbsoluteLinkStaysInsideTheRoot() throws IOException {
    Files.createSymbolicLink(root.resolve("app/link"), Path.of("/lib/libos.so"));
    Files.createSymbolicLink(root.resolve("app/out"), Path.of("../../../../lib/libos.so"));
    Files.createSymbolicLink(root.resolve("app/host"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(root.resolve("app/loop"), Path.of("loop"));
    Files.createSymbolicLink(root.resolve("app/dir"), Path.of("sub"));
    GramineManifest expanded = expand(CLEAN);
    assertThat(expanded.write()).doesNotContain("host", "loop", "/app/dir");
    assertThat((List<?>) expanded.value("sgx", "trusted_files"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Object.class))
        .contains(
            Map.of("uri", "file:/app/link", "sha256", sha256("os")),
            Map.of("uri", "file:/app/out", "sha256", sha256("os")));
  }

  static Stream<List<String>> broken() {
    String entry = "loader.entrypoint.uri = \"file:/lib/libos.so\"\n";
    String zeros = "0".repeat(64);
    return Stream.of(
        List.of("no TOML", "a = "),
        List.of("loader.entrypoint.uri is missing", "libos.entrypoint = \"/a\""),
        List.of("no key that Gramine knows", entry + "sgx.no_such_key = 1"),
        List.of("was removed", entry + "sgx.sigfile = \"x\""),
        List.of("is not there", entry + "sgx.trusted_files = [\"file:/none\"]"),
        List.of("must end with /", entry + "sgx.trusted_files = [\"file:/app\"]"),
        List.of("is no directory", entry + "sgx.trusted_files = [\"file:/app/a/\"]"),
        List.of("is no file: URI", entry + "sgx.trusted_files = [\"/app/a\"]"),
        List.of(
            "cannot have a hash",
            entry + "sgx.trusted_files = [{uri = \"file:/app/\", sha256 = \"" + zeros + "\"}]"),
        List.of(
            "two different hashes",
            entry
                + "sgx.trusted_files = [{uri = \"file:/x\", sha256 = \""
                + zeros
                + "\"}, {uri = \"file:/x\", sha256 = \""
                + "1".repeat(64)
                + "\"}]"),
        List.of(
            "not 64 hex digits",
            entry + "sgx.trusted_files = [{uri = \"file:/x\", sha256 = \"00\"}]"),
        List.of("neither a URI nor a table", entry + "sgx.trusted_files = [1]"),
        List.of("not a power of two", entry + "sgx.enclave_size = \"3M\""),
        List.of("no size", entry + "sgx.enclave_size = \"64MB\""),
        List.of("too large", entry + "sgx.enclave_size = \"9999999999G\""),
        List.of("above 256G", entry + "sgx.enclave_size = \"512G\""),
        List.of("not 1 to 4096", entry + "sgx.max_threads = 0"),
        List.of("not 0 to 65535", entry + "sgx.isvprodid = 65536"),
        List.of("not 0 to 65535", entry + "sgx.isvsvn = -1"),
        List.of("not one of", entry + "sgx.cpu_features.mpx = \"unspecified\""),
        List.of("not true or false", entry + "sgx.debug = 1"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void refuses(List<String> problemAndManifest) {
    assertThatExceptionOfType(ManifestException.class)
        .isThrownBy(() -> expand(problemAndManifest.get(1)).settings())
        .withMessageContaining(problemAndManifest.get(0));
  }

  @Test
  void findsNothingInACleanManifest() throws IOException {
    assertThat(ManifestLint.check(expand(CLEAN))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gramine.debug | sgx.debug = true",
        "gramine.host-argv | loader.insecure__use_cmdline_argv = true",
        "gramine.host-env | loader.insecure__use_host_env = true",
        "gramine.aslr | loader.insecure__disable_aslr = true",
        "gramine.eventfd | sys.insecure__allow_eventfd = true",
        "gramine.flock | sys.experimental__enable_flock = true",
        "gramine.memfaults | sgx.insecure__allow_memfaults_without_exinfo = true",
        "gramine.stats | sgx.enable_stats = true",
        "gramine.profile | sgx.profile.enable = true",
        "gramine.vtune | sgx.vtune_profile = true",
        "gramine.shared-memory | fs.mounts = [{ type = \"untrusted_shm\", path = \"/s\", uri = \"dev:/dev/shm/s\" }]",
        "gramine.log-level | loader.log_level = \"debug\"",
        "gramine.allow-all | sgx.file_check_policy = \"allow_all_but_log\"",
        "gramine.keys | fs.insecure__keys.k = \"00112233445566778899aabbccddeeff\"",
        "gramine.rpc-threads | sgx.insecure__rpc_thread_num = 2",
        "gramine.env-passthrough | loader.env.TZ = { passthrough = true }",
        "gramine.allowed-file | sgx.allowed_files = [\"file:/var/log/x\"]",
        "gramine.allowed-shadows-trusted | sgx.allowed_files = [\"file:/app/sub\"]"
      })
  void findsEachUnsafeSetting(String id, String setting) throws IOException {
    assertThat(ManifestLint.check(expand(CLEAN + setting + "\n")))
        .extracting(ManifestLint.Finding::id)
        .containsExactly(id);
  }
}
