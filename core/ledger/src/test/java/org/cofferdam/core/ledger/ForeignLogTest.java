// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.EcdsaNoteVerifier;
import org.cofferdam.core.ledger.note.NoteVerifier;
import org.cofferdam.core.ledger.note.SignatureType;
import org.cofferdam.core.ledger.note.SignedNote;
import org.cofferdam.core.ledger.note.VerifierKey;
import org.cofferdam.core.ledger.tiles.FileSource;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tiles.TileBuilder;
import org.cofferdam.core.ledger.tiles.TileSource;
import org.cofferdam.core.ledger.tree.MerkleHash;
import org.cofferdam.core.ledger.tree.MerkleTree;
import org.cofferdam.core.ledger.tree.ProofCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs, checkpoints and proofs that other implementations made. */
class ForeignLogTest {
  private static final VerifierKey TESSERA =
      VerifierKey.parse(
          "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
  private static final String ORIGIN = "example.com/log/testdata";
  private static final String REKOR =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2G2Y+2tabdTV5BcGiBIx0a9fAFwrkBbmLSGtks4L"
          + "3qX6yYY0zufBnhC8Ur/iy55GhWP/9A/bY2LhC30M9+RYtw==";

  private final Path folder =
      Path.of(System.getProperty("cofferdam.shared", "../shared"), "vectors/cluster/transparency");

  @BeforeEach
  void needsVectors() {
    assumeTrue(Files.isDirectory(folder), "no recorded logs at " + folder);
  }

  private Checkpoint head(int size) throws IOException {
    byte[] note = Files.readAllBytes(folder.resolve("tessera/checkpoint." + size));
    return Checkpoint.open(SignedNote.parse(note), TESSERA, ORIGIN);
  }

  @Test
  void tesserasTilesHaveTheRootsOfItsCheckpoints() throws IOException {
    TileSource source = tessera();
    for (int size = 0; size <= 10; size++) {
      Checkpoint head = head(size);
      assertThat(head.size()).isEqualTo(size);
      LogReader reader = new LogReader(source, size);
      assertThat(MerkleTree.root(reader, size)).isEqualTo(head.root());
      TileBuilder rebuilt = new TileBuilder();
      for (int i = 0; i < size; i++) {
        byte[] entry = reader.entry(i);
        rebuilt.add(entry, (path, content) -> {});
        assertThat(
                ProofCheck.inclusion(
                    i,
                    size,
                    MerkleHash.leaf(entry),
                    MerkleTree.inclusion(reader, i, size),
                    head.root()))
            .isTrue();
      }
      assertThat(rebuilt.root()).isEqualTo(head.root());
      rebuilt.partials().forEach((path, content) -> assertThat(content).isEqualTo(read(path)));
    }
  }

  @Test
  void tesserasCheckpointsAreConsistent() throws IOException {
    LogReader reader = new LogReader(tessera(), 10);
    for (int old = 0; old <= 10; old++) {
      List<byte[]> path = MerkleTree.consistency(reader, old, 10);
      assertThat(ProofCheck.consistency(old, head(old).root(), 10, head(10).root(), path)).isTrue();
    }
  }

  @Test
  void rekorsCheckpointsAreRead() throws IOException, GeneralSecurityException {
    EcdsaNoteVerifier rekor = new EcdsaNoteVerifier("rekor.sigstore.dev", key("EC", REKOR));
    for (String file : List.of("valid.txt", "valid_multi_sig.txt")) {
      byte[] note = Files.readAllBytes(folder.resolve("checkpoints").resolve(file));
      Checkpoint head =
          Checkpoint.open(
              SignedNote.parse(note), rekor, "rekor.sigstore.dev - 2605736670972794746");
      assertThat(head.size()).isEqualTo(37_795_272);
      assertThat(head.extensions()).containsExactly("Timestamp: 1697034484441201852");
    }
  }

  @Test
  void malformedCheckpointsAreRefused() throws IOException {
    for (String file :
        List.of(
            "error_header_body_separator.txt",
            "error_header_count.txt",
            "error_no_signatures.txt",
            "error_not_a_number.txt")) {
      byte[] note = Files.readAllBytes(folder.resolve("checkpoints").resolve(file));
      assertThatThrownBy(() -> Checkpoint.parse(SignedNote.parse(note).text()))
          .as(file)
          .isInstanceOf(MalformedEvidenceException.class);
    }
  }

  @Test
  void rekorsInclusionProofsLeadToItsCheckpoints() throws IOException, GeneralSecurityException {
    // The wrong entry and the bad artifact signature are faults of the bundle, not of the log.
    for (String file :
        List.of(
            "bundle.dsse.rekor-v2.sigstore",
            "bundle-with-rekor-v2-entry.sigstore",
            "bundle-with-wrong-tlog-entry.sigstore")) {
      assertThat(includes(file)).as(file).isTrue();
    }
    assertThatThrownBy(() -> includes("bundle-with-bad-checkpoint-signature.sigstore"))
        .hasMessageContaining("signature");
    // No trusted root that we have knows this log.
    assertThatThrownBy(() -> includes("bundle.dsse.rekor-v2.bad-signature.sigstore"))
        .hasMessageContaining("no key");
  }

  private boolean includes(String file) throws IOException, GeneralSecurityException {
    Json.Obj entry =
        json(Files.readString(folder.resolve("bundles").resolve(file)))
            .object("verificationMaterial")
            .array("tlogEntries")
            .getFirst()
            .asObject("entry");
    Json.Obj proof = entry.object("inclusionProof");
    SignedNote note =
        SignedNote.parse(
            proof.object("checkpoint").string("envelope").getBytes(StandardCharsets.UTF_8));
    String origin = Checkpoint.parse(note.text()).origin();
    Checkpoint head = Checkpoint.open(note, trusted(origin), origin);
    assertThat(Long.toString(head.size())).isEqualTo(proof.string("treeSize"));
    List<byte[]> path =
        proof.array("hashes").stream().map(hash -> base64(hash.asString("hash"))).toList();
    byte[] leaf = MerkleHash.leaf(base64(entry.string("canonicalizedBody")));
    long index = Long.parseLong(proof.string("logIndex"));
    return ProofCheck.inclusion(index, head.size(), leaf, path, head.root());
  }

  private NoteVerifier trusted(String origin) throws IOException, GeneralSecurityException {
    List<String> roots = new ArrayList<>();
    roots.add(Files.readString(folder.resolve("bundles/trusted_root.json")));
    roots.add(Files.readString(folder.resolve("bundles/staging_trusted_root.json")));
    roots.addAll(Files.readAllLines(folder.resolve("bundles/trusted_root.jsonl")));
    for (String root : roots) {
      for (Json tlog : json(root).get("tlogs").map(t -> t.asArray("tlogs")).orElse(List.of())) {
        Json.Obj log = tlog.asObject("tlog");
        String name = log.string("baseUrl").substring("https://".length());
        Json.Obj key = log.object("publicKey");
        if (origin.equals(name) && key.string("keyDetails").equals("PKIX_ED25519")) {
          return VerifierKey.of(
              name, SignatureType.ED25519, key("Ed25519", key.string("rawBytes")));
        }
        if (origin.startsWith(name + " ")) {
          return new EcdsaNoteVerifier(name, key("EC", key.string("rawBytes")));
        }
      }
    }
    throw new IllegalStateException("no key of " + origin);
  }

  /** The recorded files have an underscore where a partial tile has its slash. */
  private TileSource tessera() {
    FileSource files = new FileSource(folder.resolve("tessera"));
    return path -> files.read(path.replace(".p/", ".p_"));
  }

  private byte[] read(String path) {
    try {
      return tessera().read(path).orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Json.Obj json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8)).asObject("document");
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  private static PublicKey key(String algorithm, String spki) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(base64(spki)));
  }
}
