// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;

class NoteTest {
  private static final String TEXT =
      "log.example\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
  private final NoteSigner log = new NoteSigner("log.example", pair());
  private final NoteSigner witness = new NoteSigner("witness.example", pair());
  private final SignedNote note = new SignedNote(TEXT, List.of(log.sign(TEXT)));

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aNoteComesBackFromItsBytes() {
    SignedNote read = SignedNote.parse(note.encode());
    assertThat(read.encode()).isEqualTo(note.encode());
    assertThat(Checkpoint.open(read, log.logKey(), "log.example").text()).isEqualTo(TEXT);
  }

  @Test
  void theSpecificationsExamplesAreRead() {
    // Keys and notes printed in C2SP signed-note and tlog-cosignature.
    SignedNote read =
        SignedNote.parse(
            """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ\
            qhf5nNo0xUe+mbIUBkBIfZ+qnA==
            """
                .getBytes(StandardCharsets.UTF_8));
    assertThat(Checkpoint.parse(read.text()).size()).isEqualTo(20852163);
    assertThat(Cosignature.time(read.signatures().get(1)))
        .isEqualTo(Instant.ofEpochSecond(1679315147));
  }

  @Test
  void aChangedTextIsNotSigned() {
    SignedNote changed = new SignedNote(TEXT.replace("\n1\n", "\n2\n"), note.signatures());
    assertThatThrownBy(() -> Checkpoint.open(changed, log.logKey(), "log.example"))
        .hasMessageContaining("signature");
  }

  @Test
  void anotherLogsCheckpointIsRefusedThoughWellSigned() {
    String text = TEXT.replace("log.example", "other.example");
    SignedNote other = new SignedNote(text, List.of(log.sign(text)));
    assertThatThrownBy(() -> Checkpoint.open(other, log.logKey(), "log.example"))
        .hasMessageContaining("origin");
  }

  @Test
  void linesOfUnknownKeysDoNotMatter() {
    SignedNote more = note.with(List.of(witness.sign(TEXT)));
    assertThat(log.logKey().signatureOn(more)).isPresent();
  }

  @Test
  void aKeyOfTheSameNameIsAnotherKey() {
    NoteSigner impostor = new NoteSigner("log.example", pair());
    SignedNote forged = new SignedNote(TEXT, List.of(impostor.sign(TEXT)));
    assertThat(log.logKey().signatureOn(forged)).isEmpty();
  }

  @Test
  void twoLinesOfOneKeyAreNone() {
    SignedNote twice = note.with(note.signatures());
    assertThat(log.logKey().signatureOn(twice)).isEmpty();
  }

  @Test
  void aCosignatureHoldsItsTime() {
    Instant time = Instant.parse("2026-11-24T10:00:00Z");
    SignedNote cosigned = note.with(List.of(witness.cosign(TEXT, time)));
    NoteSignature line = witness.witnessKey().signatureOn(cosigned).orElseThrow();
    assertThat(Cosignature.time(line)).isEqualTo(time);

    byte[] later = line.signature();
    later[7]++;
    NoteSignature moved = new NoteSignature(line.name(), line.keyId(), later);
    assertThat(witness.witnessKey().signatureOn(note.with(List.of(moved)))).isEmpty();
  }

  @Test
  void aLogsSignatureIsNoCosignature() {
    NoteSignature plain = witness.sign(TEXT);
    NoteSignature dressed =
        new NoteSignature(plain.name(), witness.witnessKey().keyId(), plain.signature());
    assertThat(witness.witnessKey().signatureOn(note.with(List.of(dressed)))).isEmpty();
  }

  @Test
  void keysComeBackFromTheirText() {
    for (VerifierKey key : List.of(log.logKey(), witness.witnessKey())) {
      VerifierKey read = VerifierKey.parse(key.toString());
      assertThat(read.toString()).isEqualTo(key.toString());
      assertThat(read.type()).isEqualTo(key.type());
    }
  }

  @Test
  void malformedKeysAreRefused() {
    String good = log.logKey().toString();
    String key = good.substring(good.lastIndexOf('+') + 1);
    for (String bad :
        List.of(
            "",
            "log.example",
            good.substring(0, good.lastIndexOf('+')),
            good.replaceFirst("\\+[0-9a-f]{8}\\+", "+00000000+"),
            good.replace("log.example", "log.exampl"),
            good.replace("log.example", "log example"),
            good.replace("log.example", ""),
            good.substring(0, good.length() - 1),
            good + "=",
            "log.example+00000000+A" + key,
            good.replaceFirst("\\+A", "+/"))) {
      assertThatThrownBy(() -> VerifierKey.parse(bad))
          .as(bad)
          .isInstanceOf(MalformedEvidenceException.class);
    }
  }

  @Test
  void malformedNotesAreRefused() {
    String good = new String(note.encode(), StandardCharsets.UTF_8);
    for (String bad :
        List.of(
            "",
            "\n",
            "\n\n",
            TEXT,
            TEXT + "\n",
            good.substring(0, good.length() - 1),
            good + "\n",
            good + "x\n",
            good.replace("— ", "- "),
            good.replace("— log", "—  log"),
            good.replace("— log.example ", "— "),
            good.replace("— log.example", "— log+example"),
            good.replace("\n1\n", "\n1\t\n"),
            good.replaceFirst("(— log.example .{6}).*", "$1=="),
            good.replaceFirst("(— log.example .{4}).*", "$1"))) {
      assertThatThrownBy(() -> SignedNote.parse(bad.getBytes(StandardCharsets.UTF_8)))
          .as(bad)
          .isInstanceOf(MalformedEvidenceException.class);
    }
    assertThatThrownBy(() -> SignedNote.parse(new byte[] {(byte) 0xc3, '\n', '\n'}))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void malformedCheckpointsAreRefused() {
    for (String bad :
        List.of(
            TEXT.replace("\n1\n", "\n01\n"),
            TEXT.replace("\n1\n", "\n-1\n"),
            TEXT.replace("\n1\n", "\n\n"),
            TEXT.replace("\n1\n", "\n9223372036854775808\n"),
            TEXT.replace("AAA=", "AAB="),
            TEXT.replace("AAA=", "AAA"),
            TEXT.replace("AAAA", ""),
            TEXT.replace("log.example", ""),
            TEXT + "\n",
            TEXT.trim(),
            "log.example\n1\n")) {
      assertThatThrownBy(() -> Checkpoint.parse(bad))
          .as(bad)
          .isInstanceOf(MalformedEvidenceException.class);
    }
  }

  @Test
  void extensionLinesAreKept() {
    assertThat(Checkpoint.parse(TEXT + "a b\nc\n").extensions()).containsExactly("a b", "c");
    assertThat(Checkpoint.parse(TEXT + "a b\nc\n").text()).isEqualTo(TEXT + "a b\nc\n");
  }
}
