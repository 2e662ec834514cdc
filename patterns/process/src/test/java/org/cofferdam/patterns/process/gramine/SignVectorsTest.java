// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process.gramine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.core.evidence.sigstruct.Sigstruct;
import org.cofferdam.core.measurement.gramine.EnclaveMeasurement;
import org.cofferdam.core.measurement.gramine.EnclaveSigner;
import org.cofferdam.core.measurement.gramine.PalImage;
import org.cofferdam.core.measurement.gramine.RuntimeProfile;
import org.cofferdam.core.measurement.gramine.SigstructWriter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What Gramine's own tools made of given inputs must come out here, byte for byte. */
class SignVectorsTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("cofferdam.shared", "shared-is-missing"))
          .resolve("vectors/sgx-sign");

  @TempDir private Path temp;

  @TestFactory
  Stream<DynamicTest> madeByGramine() throws IOException {
    assumeTrue(Files.isDirectory(VECTORS), "no vectors at " + VECTORS);
    return read(VECTORS.resolve("index.json")).array("vectors").stream()
        .map(v -> v.asObject("vector"))
        .map(v -> DynamicTest.dynamicTest(v.string("id"), () -> sameAsGramine(v)));
  }

  private void sameAsGramine(Json.Obj vector) throws IOException, GeneralSecurityException {
    Path folder = VECTORS.resolve(vector.string("id"));
    Path root = temp.resolve(vector.string("id"));
    build(read(folder.resolve("tree.json")), root);

    GramineManifest expanded =
        GramineManifest.parse(Files.readString(folder.resolve("input.manifest")))
            .expand(new DirectoryTree(root));
    String text = expanded.write();
    assertThat(text).isEqualTo(Files.readString(folder.resolve("expected.manifest.sgx")));
    assertThat(GramineManifest.parse(text).expanded()).isTrue();

    Bytes mrEnclave =
        EnclaveMeasurement.mrEnclave(
            text.getBytes(StandardCharsets.UTF_8),
            expanded.settings(),
            PalImage.parse(Files.readAllBytes(folder.resolve("pal.so"))),
            RuntimeProfile.GRAMINE_1_9);
    assertThat(mrEnclave.hex()).isEqualTo(vector.string("mrenclave"));

    Sigstruct signed =
        SigstructWriter.sign(
            mrEnclave,
            expanded.settings(),
            vector.string("date_argument"),
            signer(folder.resolve("key.pem")));
    assertThat(signed.encoded().hex())
        .isEqualTo(Bytes.of(Files.readAllBytes(folder.resolve("expected.sig"))).hex());
    assertThat(signed.mrSigner().hex()).isEqualTo(vector.string("mrsigner"));
  }

  @TestFactory
  Stream<DynamicTest> signedByOthers() throws IOException {
    Path folder = VECTORS.resolve("public");
    assumeTrue(Files.isDirectory(folder), "no vectors at " + folder);
    return read(folder.resolve("index.json")).array("files").stream()
        .map(f -> f.asObject("file"))
        .filter(f -> f.get("expected").isPresent())
        .map(f -> DynamicTest.dynamicTest(f.string("file"), () -> verifies(folder, f)));
  }

  private static void verifies(Path folder, Json.Obj file) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file.string("file")));
    Sigstruct sigstruct = Sigstruct.parse(bytes);
    Json.Obj expected = file.object("expected");
    assertThat(sigstruct.vendor().hex()).isEqualTo(expected.string("vendor"));
    assertThat(sigstruct.mrEnclave().hex()).isEqualTo(expected.string("mrenclave"));
    assertThat(sigstruct.mrSigner().hex()).isEqualTo(expected.string("mrsigner"));
    assertThat(sigstruct.attributes().hex()).isEqualTo(expected.string("attr"));
    assertThat(sigstruct.attributeMask().hex()).isEqualTo(expected.string("attrmask"));
    assertThat(sigstruct.isvProdId()).isEqualTo((int) expected.integer("prodid"));
    assertThat(sigstruct.isvSvn()).isEqualTo((int) expected.integer("svn"));
    assertThat(sigstruct.signatureVerifies()).isTrue();
    for (int at : List.of(21, 516, 900, 960, 1027, 1040, 1424, 1807)) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      assertThat(Sigstruct.parse(changed).signatureVerifies()).as("byte %d", at).isFalse();
    }
  }

  private static Json.Obj read(Path file) throws IOException {
    return Json.parse(Files.readAllBytes(file)).asObject(file.toString());
  }

  private static void build(Json.Obj tree, Path root) throws IOException {
    for (Map.Entry<String, Json> file : tree.object("files").members().entrySet()) {
      Path path = root.resolve(file.getKey().substring(1));
      Files.createDirectories(path.getParent());
      Json.Obj content = file.getValue().asObject("file");
      Files.write(
          path,
          content.get("text").isPresent()
              ? content.string("text").getBytes(StandardCharsets.UTF_8)
              : stream(content.string("sha256_stream_label"), (int) content.integer("length")));
    }
    for (Map.Entry<String, Json> link : tree.object("symlinks").members().entrySet()) {
      Path path = root.resolve(link.getKey().substring(1));
      Files.createDirectories(path.getParent());
      Files.createSymbolicLink(path, Path.of(link.getValue().asString("target")));
    }
  }

  private static byte[] stream(String label, int length) {
    byte[] bytes = new byte[(length + 31) / 32 * 32];
    for (int i = 0; i * 32 < length; i++) {
      byte[] block = Digests.sha256((label + "/" + i).getBytes(StandardCharsets.US_ASCII));
      System.arraycopy(block, 0, bytes, i * 32, 32);
    }
    return Arrays.copyOf(bytes, length);
  }

  private static EnclaveSigner signer(Path pem) throws IOException, GeneralSecurityException {
    byte[] encoded = Pem.objects(Files.readString(pem), "PRIVATE KEY").getFirst().toArray();
    KeyFactory rsa = KeyFactory.getInstance("RSA");
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(encoded));
    RSAPublicKey publicKey =
        (RSAPublicKey)
            rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    return new EnclaveSigner() {
      @Override
      public RSAPublicKey publicKey() {
        return publicKey;
      }

      @Override
      public byte[] sign(byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
      }
    };
  }
}
