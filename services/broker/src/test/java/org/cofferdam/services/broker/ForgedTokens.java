// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Base64Text;

/** What an attacker makes of a good token. */
final class ForgedTokens {
  private ForgedTokens() {}

  static List<String> of(List<String> parts) throws Exception {
    String header = parts.get(0);
    String payload = parts.get(1);
    String signature = parts.get(2);
    List<String> forged = new ArrayList<>();
    // No signature, in all the ways to say so.
    forged.add(header + "." + payload + ".");
    forged.add(encode("{\"alg\":\"none\"}") + "." + payload + ".");
    forged.add(encode("{\"typ\":\"JWT\",\"alg\":\"none\"}") + "." + payload + "." + signature);
    // The public key as the secret of an HMAC.
    Json.Obj good = Json.parse(Base64Text.fromUrl("header", header)).asObject("header");
    String hs256 = encode("{\"typ\":\"JWT\",\"alg\":\"HS256\"}") + "." + payload;
    forged.add(hs256 + "." + hmac(good.require("jwk").canonical(), hs256));
    // A key of the attacker's in the header.
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair own = generator.generateKeyPair();
    String ownHeader = encode(ownHeader((ECPublicKey) own.getPublic()));
    forged.add(ownHeader + "." + payload + "." + sign(own, ownHeader + "." + payload));
    forged.add(header + "." + payload + "." + sign(own, header + "." + payload));
    // Another content under the old signature, and r = s = 0.
    forged.add(header + "." + encode("{\"jti\":\"x\",\"exp\":9999999999}") + "." + signature);
    forged.add(header + "." + payload + "." + Base64Text.url(new byte[64]));
    forged.add(header + "." + payload + "." + signature + ".");
    forged.add("..");
    forged.add("");
    return forged;
  }

  private static String ownHeader(ECPublicKey key) {
    return Json.object()
        .put("typ", "JWT")
        .put("alg", "ES256")
        .put(
            "jwk",
            Json.object()
                .put("alg", "ES256")
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", Base64Text.url(key.getW().getAffineX().toByteArray()))
                .put("y", Base64Text.url(key.getW().getAffineY().toByteArray()))
                .build())
        .build()
        .write();
  }

  private static String sign(KeyPair pair, String text) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(pair.getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return Base64Text.url(signature.sign());
  }

  private static String hmac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return Base64Text.url(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String encode(String text) {
    return Base64Text.url(text.getBytes(StandardCharsets.UTF_8));
  }
}
