// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/** Functions on networks of IP addresses. */
final class Cidr {
  private Cidr() {}

  static void register(Registry r) {
    r.two(
        "net.cidr_contains",
        (a, b) -> RegoBoolean.of(contains(Args.string(a, 1), Args.string(b, 2))));
    r.two(
        "net.cidr_overlap",
        (a, b) -> RegoBoolean.of(contains(Args.string(a, 1), Args.string(b, 2))));
    r.two(
        "net.cidr_intersects",
        (a, b) -> RegoBoolean.of(intersects(Args.string(a, 1), Args.string(b, 2))));
    r.add("net.cidr_contains_matches", 2, Cidr::matches);
    r.add("net.cidr_expand", 1, (c, a) -> expand(c, Args.string(a[0], 1)));
    r.one("net.cidr_is_valid", s -> RegoBoolean.of(s instanceof RegoString x && valid(x.value())));
    r.one("net.cidr_merge", Cidr::merge);
  }

  private static boolean valid(String s) {
    try {
      IpNet.parse(s);
      return true;
    } catch (BuiltinException e) {
      return false;
    }
  }

  private static boolean contains(String a, String b) {
    IpNet net = IpNet.parse(a);
    IpNet address = IpNet.address(b, true);
    if (address != null) {
      return net.contains(address);
    }
    try {
      return net.contains(IpNet.parse(b));
    } catch (BuiltinException e) {
      throw BuiltinException.failed(
          "not a valid textual representation of an IP address or CIDR: " + b);
    }
  }

  private static boolean intersects(String a, String b) {
    IpNet x = IpNet.parse(a);
    IpNet y = IpNet.parse(b);
    return x.contains(y) || y.contains(x);
  }

  private record Entry(String cidr, Value index) {}

  private static List<Entry> entries(Value v, int n) {
    List<Entry> out = new ArrayList<>();
    switch (v) {
      case RegoString s -> out.add(new Entry(s.value(), s));
      case RegoArray a -> {
        for (int i = 0; i < a.size(); i++) {
          out.add(new Entry(cidr(a.valueAt(i), n), RegoNumber.of(i)));
        }
      }
      case RegoSet s -> s.items().forEach(x -> out.add(new Entry(cidr(x, n), x)));
      case RegoObject o -> o.toMap().forEach((k, x) -> out.add(new Entry(cidr(x, n), k)));
      default -> {}
    }
    return out;
  }

  private static String cidr(Value v, int n) {
    Value x = v instanceof RegoArray a && a.size() > 0 ? a.valueAt(0) : v;
    if (x instanceof RegoString s) {
      return s.value();
    }
    throw BuiltinException.failed("operand " + n + ": element must be string or non-empty array");
  }

  private static Value matches(CallContext c, Value[] a) {
    Set<Value> out = new HashSet<>();
    List<Entry> right = entries(a[1], 2);
    for (Entry x : entries(a[0], 1)) {
      c.work(right.size());
      for (Entry y : right) {
        if (contains(x.cidr, y.cidr)) {
          out.add(RegoArray.of(x.index, y.index));
        }
      }
    }
    return RegoSet.of(out);
  }

  private static Value expand(CallContext c, String s) {
    IpNet net = IpNet.parse(s);
    int host = net.bits() - net.prefix();
    long count = host > 40 ? Long.MAX_VALUE : 1L << host;
    c.charge(count == Long.MAX_VALUE ? count : count * 16);
    c.work(count);
    List<Value> out = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      out.add(RegoString.of(IpNet.text(net.bits(), net.first().add(BigInteger.valueOf(i)))));
    }
    return RegoSet.of(out);
  }

  private record Range(int bits, BigInteger first, BigInteger last) {}

  private static Value merge(Value v) {
    if (!(v instanceof RegoArray || v instanceof RegoSet)) {
      throw BuiltinException.failed("operand must be an array");
    }
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < v.size(); i++) {
      IpNet net = network(v.valueAt(i));
      ranges.add(new Range(net.bits(), net.first(), net.last()));
    }
    ranges.sort(
        Comparator.comparingInt(Range::bits)
            .thenComparing(Range::first)
            .thenComparing(Range::last));
    List<Range> merged = new ArrayList<>();
    for (Range next : ranges) {
      Range before = merged.isEmpty() ? null : merged.getLast();
      if (before != null
          && before.bits == next.bits
          && next.first.compareTo(before.last.add(BigInteger.ONE)) <= 0) {
        merged.set(
            merged.size() - 1, new Range(next.bits, before.first, before.last.max(next.last)));
      } else {
        merged.add(next);
      }
    }
    List<Value> out = new ArrayList<>();
    merged.forEach(range -> networks(range, out));
    return RegoSet.of(out);
  }

  private static IpNet network(Value v) {
    if (!(v instanceof RegoString s)) {
      throw BuiltinException.failed("element must be string");
    }
    IpNet address = IpNet.address(s.value(), true);
    if (address == null) {
      return IpNet.parse(s.value());
    }
    if (address.bits() == 128) {
      throw BuiltinException.failed("IPv6 invalid: needs prefix length");
    }
    // The mask of the address's old class, as Go gives it.
    int top = address.first().shiftRight(24).intValue();
    return IpNet.of(32, address.first(), top < 128 ? 8 : top < 192 ? 16 : 24);
  }

  /** The fewest networks that make up a range. */
  private static void networks(Range r, List<Value> out) {
    BigInteger at = r.first;
    while (at.compareTo(r.last) <= 0) {
      int host = at.signum() == 0 ? r.bits : Math.min(r.bits, at.getLowestSetBit());
      while (at.add(BigInteger.ONE.shiftLeft(host)).subtract(BigInteger.ONE).compareTo(r.last)
          > 0) {
        host--;
      }
      out.add(RegoString.of(new IpNet(r.bits, at, r.bits - host).toString()));
      at = at.add(BigInteger.ONE.shiftLeft(host));
    }
  }
}
