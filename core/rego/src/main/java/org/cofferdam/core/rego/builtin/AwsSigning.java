// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Utf8;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** {@code providers.aws.sign_req}: Signature Version 4 of a request; nothing is sent. */
final class AwsSigning {
  private static final List<String> REQUIRED =
      List.of("aws_access_key", "aws_region", "aws_secret_access_key", "aws_service");

  /** Headers that change on the way, and are not signed. */
  private static final Set<String> UNSIGNED =
      Set.of("authorization", "user-agent", "x-amzn-trace-id");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private AwsSigning() {}

  static void register(Registry r) {
    r.three("providers.aws.sign_req", AwsSigning::sign);
  }

  /** Where, as whom and when a request is made. */
  private record Scope(
      String access, String secret, String region, String service, String token, String time) {
    String day() {
      return time.substring(0, 8);
    }

    String text() {
      return day() + "/" + region + "/" + service + "/aws4_request";
    }
  }

  private static Value sign(Value request, Value config, Value nanos) {
    RegoObject req = Args.object(request, 1);
    RegoObject conf = Args.object(config, 1);
    texts(conf, REQUIRED, 2, "AWS config");
    if (!Args.number(nanos, 1).isLong() || !Args.number(nanos, 1).isPlainInteger()) {
      throw BuiltinException.type(
          "operand 3 could not convert time_ns value into a unix timestamp");
    }
    Requests.check(req);
    Value given = req.get("headers");
    RegoObject headers = given == null ? RegoObject.EMPTY : Args.object(given, 1);
    texts(req, List.of("method", "url"), 1, "request");
    Value unsigned = conf.get("disable_payload_signing");
    if (unsigned != null && !(unsigned instanceof RegoBoolean)) {
      throw BuiltinException.type(
          "operand 2 invalid value for 'disable_payload_signing' in AWS config");
    }
    String time = TIME.format(Instant.EPOCH.plusNanos(Args.number(nanos, 1).longValue()));
    Scope scope =
        new Scope(
            text(conf, "aws_access_key"),
            text(conf, "aws_secret_access_key"),
            text(conf, "aws_region"),
            text(conf, "aws_service"),
            text(conf, "aws_session_token"),
            time);
    String content =
        unsigned == RegoBoolean.TRUE
            ? "UNSIGNED-PAYLOAD"
            : HexFormat.of().formatHex(hash(body(req)));
    Map<Value, Value> out = req.toMap();
    out.put(RegoString.of("headers"), headers(req, headers, scope, content));
    return RegoObject.of(out);
  }

  private static Value headers(RegoObject req, RegoObject headers, Scope scope, String content) {
    URI url = url(text(req, "url"));
    TreeMap<String, String> aws = new TreeMap<>();
    aws.put("host", url.getRawAuthority() == null ? "" : url.getRawAuthority());
    aws.put("x-amz-date", scope.time);
    if (scope.service.equals("s3") || scope.service.equals("glacier")) {
      aws.put("x-amz-content-sha256", content);
    }
    if (!scope.token.isEmpty()) {
      aws.put("x-amz-security-token", scope.token);
    }
    TreeMap<String, String> signed = new TreeMap<>(aws);
    TreeMap<String, String> all = new TreeMap<>();
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.keyAt(i) instanceof RegoString s ? s.value() : "";
      String value = headers.valueAt(i) instanceof RegoString s ? s.value() : "";
      all.put(name, value);
      if (!UNSIGNED.contains(CaseMap.lower(name))) {
        signed.put(CaseMap.lower(name), value);
      }
    }
    all.put("Authorization", authorization(text(req, "method"), url, signed, scope, content));
    all.putAll(aws);
    Map<Value, Value> out = new java.util.HashMap<>();
    all.forEach((k, v) -> out.put(RegoString.of(k), RegoString.of(v)));
    return RegoObject.of(out);
  }

  private static String authorization(
      String method, URI url, Map<String, String> signed, Scope scope, String content) {
    StringBuilder canonical = new StringBuilder();
    canonical.append(method).append('\n');
    canonical.append(url.getRawPath() == null ? "" : url.getRawPath()).append('\n');
    canonical.append(url.getRawQuery() == null ? "" : url.getRawQuery()).append('\n');
    signed.forEach((k, v) -> canonical.append(k).append(':').append(v).append('\n'));
    String names = String.join(";", signed.keySet());
    canonical.append('\n').append(names).append('\n').append(content);
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + scope.time
            + "\n"
            + scope.text()
            + "\n"
            + HexFormat.of().formatHex(hash(Utf8.encode(canonical.toString())));
    byte[] key = mac(scope.day(), Utf8.encode("AWS4" + scope.secret));
    key = mac(scope.region, key);
    key = mac(scope.service, key);
    key = mac("aws4_request", key);
    return "AWS4-HMAC-SHA256 Credential="
        + scope.access
        + "/"
        + scope.text()
        + ",SignedHeaders="
        + names
        + ",Signature="
        + HexFormat.of().formatHex(mac(toSign, key));
  }

  private static byte[] mac(String message, byte[] key) {
    return Hashes.mac("HmacSHA256", Utf8.encode(message), key);
  }

  private static byte[] hash(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw BuiltinException.failed(e.toString());
    }
  }

  private static byte[] body(RegoObject req) {
    Value raw = req.get("raw_body");
    if (raw != null) {
      return Utf8.encode(text(req, "raw_body"));
    }
    Value body = req.get("body");
    return body == null ? new byte[0] : Utf8.encode(JsonPaths.escaped(Json.write(body)));
  }

  private static URI url(String s) {
    try {
      return new URI(s);
    } catch (URISyntaxException e) {
      throw BuiltinException.failed("parse \"" + s + "\": " + e.getReason());
    }
  }

  private static String text(RegoObject o, String name) {
    return o.get(name) instanceof RegoString s ? s.value() : "";
  }

  private static void texts(RegoObject o, List<String> names, int operand, String what) {
    missing(o, names, operand, what, null);
    missing(o, names, operand, what, RegoString.class);
  }

  private static void missing(
      RegoObject o,
      List<String> names,
      int operand,
      String what,
      @Nullable Class<? extends Value> type) {
    List<RegoString> wrong =
        names.stream()
            .filter(n -> type == null ? o.get(n) == null : !type.isInstance(o.get(n)))
            .map(RegoString::of)
            .toList();
    if (!wrong.isEmpty()) {
      throw BuiltinException.type(
          "operand "
              + operand
              + (type == null ? " missing required " : " invalid values for required ")
              + what
              + " parameters(s): "
              + RegoSet.of(wrong));
    }
  }
}
