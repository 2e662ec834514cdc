// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.sgx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SgxCommandTest {
  @TempDir private Path temp;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void files() throws Exception {
    Files.createDirectories(temp.resolve("root/app"));
    Files.writeString(temp.resolve("root/app/main"), "program");
    Files.writeString(temp.resolve("root/libos.so"), "os");
    Files.write(temp.resolve("pal.so"), elf());
    manifest("");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F0));
    Files.writeString(
        temp.resolve("key.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  private void manifest(String more) throws IOException {
    Files.writeString(
        temp.resolve("app.manifest"),
        """
        libos.entrypoint = "/app/main"
        loader.entrypoint.uri = "file:/libos.so"
        sgx.enclave_size = "16M"
        sgx.trusted_files = ["file:/app/"]
        """
            + more);
  }

  private static byte[] elf() {
    ByteBuffer elf = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    elf.putShort(16, (short) 3).putShort(18, (short) 62).putLong(32, 64);
    elf.putShort(54, (short) 56).putShort(56, (short) 1);
    elf.putInt(64, 1).putInt(68, 5).putLong(96, 4096).putLong(104, 4096);
    return elf.array();
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  private String at(String name) {
    return temp.resolve(name).toString();
  }

  private int expand() {
    return run(
        "sgx", "expand", "--manifest", at("app.manifest"), "--root", at("root"), "-o", at("m.sgx"));
  }

  private int sign(String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "sgx", "sign", "--manifest", at("m.sgx"), "--pal", at("pal.so"), "-o", at("s")));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void expandsSignsAndInspects() throws IOException {
    assertThat(expand()).isEqualTo(ExitCode.OK);
    assertThat(sign("--key", at("key.pem"))).isEqualTo(ExitCode.OK);
    byte[] first = Files.readAllBytes(temp.resolve("s"));
    assertThat(sign("--key", at("key.pem"))).isEqualTo(ExitCode.OK);
    assertThat(Files.readAllBytes(temp.resolve("s"))).isEqualTo(first);
    assertThat(run("sgx", "inspect", at("s"))).isEqualTo(ExitCode.OK);
    first[600] ^= 1;
    Files.write(temp.resolve("s"), first);
    assertThat(run("sgx", "inspect", at("s"))).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void signsNothingThatIsNotExpanded() throws IOException {
    Files.copy(temp.resolve("app.manifest"), temp.resolve("m.sgx"));
    assertThat(sign("--key", at("key.pem"))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("sgx expand");
    assertThat(temp.resolve("s")).doesNotExist();
  }

  @Test
  void productionRefusesWhatIsNotWaived() throws IOException {
    manifest("sgx.debug = true\n");
    assertThat(expand()).isEqualTo(ExitCode.OK);
    assertThat(sign("--key", at("key.pem"), "--production")).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString()).contains("sgx.debug", "gramine.debug");
    assertThat(temp.resolve("s")).doesNotExist();
    assertThat(sign("--key", at("key.pem"), "--production", "--waive", "gramine.debug"))
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(sign("--key", at("key.pem"))).isEqualTo(ExitCode.UNDECIDED);
    assertThat(err.toString()).contains("m.sgx is not there");
  }

  @Test
  void aTokenThatJavaCannotLookUpIsRefused() {
    assertThat(expand()).isEqualTo(ExitCode.OK);
    for (String uri :
        List.of(
            "pkcs11:token=t;object=o?module-path=/m&pin-source=/p",
            "pkcs11:object=o;object=p?module-path=/m&pin-source=/p",
            "pkcs11:object=o;slot-id=x?module-path=/m&pin-source=/p",
            "pkcs11:object=o?pin-source=/p",
            "object=o")) {
      assertThat(sign("--pkcs11", uri)).as(uri).isEqualTo(ExitCode.USAGE);
    }
    assertThat(temp.resolve("s")).doesNotExist();
  }

  /** With SoftHSM: the key is made in the token and does not leave it. */
  @Test
  @Tag("full")
  void signsWithAToken() throws Exception {
    Path module = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    assumeTrue(Files.exists(module), "softhsm2 is not installed");
    for (String tool : List.of("softhsm2-util", "pkcs11-tool", "openssl")) {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
    }
    Files.createDirectories(temp.resolve("tokens"));
    Files.writeString(
        temp.resolve("softhsm.conf"), "directories.tokendir = " + at("tokens") + "\n");
    Files.writeString(temp.resolve("pin"), "1234\n");
    tool(
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        "t",
        "--pin",
        "1234",
        "--so-pin",
        "5678");
    tool("openssl", "req", "-x509", "-key", at("key.pem"), "-subj", "/CN=e", "-out", at("c.pem"));
    tool(
        "softhsm2-util",
        "--import",
        at("key.pem"),
        "--token",
        "t",
        "--label",
        "enclave",
        "--id",
        "01",
        "--pin",
        "1234");
    tool("openssl", "x509", "-in", at("c.pem"), "-outform", "der", "-out", at("c.der"));
    tool(
        "pkcs11-tool",
        "--module",
        module.toString(),
        "--login",
        "--pin",
        "1234",
        "-w",
        at("c.der"),
        "-y",
        "cert",
        "--id",
        "01",
        "--label",
        "enclave");
    assertThat(expand()).isEqualTo(ExitCode.OK);
    assertThat(sign("--key", at("key.pem"))).isEqualTo(ExitCode.OK);
    byte[] fromFile = Files.readAllBytes(temp.resolve("s"));
    Process process =
        tool(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "sgx",
            "sign",
            "--manifest",
            at("m.sgx"),
            "--pal",
            at("pal.so"),
            "--pkcs11",
            "pkcs11:object=enclave?module-path=" + module + "&pin-source=file:" + at("pin"),
            "-o",
            at("token.sig"));
    assertThat(process.exitValue()).isZero();
    assertThat(Files.readAllBytes(temp.resolve("token.sig"))).isEqualTo(fromFile);
  }

  private Process tool(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(Map.of("SOFTHSM2_CONF", at("softhsm.conf")));
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command[0], text).isZero();
    return process;
  }
}
