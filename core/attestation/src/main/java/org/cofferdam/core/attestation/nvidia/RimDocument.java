// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.nvidia;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.x509.Certificate;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A reference integrity manifest of NVIDIA: a SWID tag (NIST IR 8060, TCG RIM binding) with an
 * enveloped XML signature over the whole document. What is read is the very tree that the signature
 * is verified over, so that nothing outside of the signature can be read instead.
 */
final class RimDocument {
  private static final String FORMAT = "NVIDIA RIM";
  private static final String SWID = "http://standards.iso.org/iso/19770/-2/2015/schema.xsd";
  private static final String SHA384 = "http://www.w3.org/2001/04/xmlenc#sha384";
  private static final String C14N = "http://www.w3.org/2006/12/xml-c14n11";
  private static final String ECDSA = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384";
  private static final int LARGEST = 4 << 20;

  private final Element root;
  private final Element signature;
  private final List<Certificate> certificates;
  private final String version;
  private final List<Golden> measurements;

  private RimDocument(
      Element root,
      Element signature,
      List<Certificate> certificates,
      String version,
      List<Golden> measurements) {
    this.root = root;
    this.signature = signature;
    this.certificates = List.copyOf(certificates);
    this.version = version;
    this.measurements = List.copyOf(measurements);
  }

  /**
   * @param index from 0; the report counts from 1
   * @param active only these are compared
   * @param alternatives digests of which one must be found
   */
  record Golden(int index, boolean active, List<Bytes> alternatives) {
    Golden {
      alternatives = List.copyOf(alternatives);
    }
  }

  /** True where it is XML that names a SWID tag; cheap. */
  static boolean looksLike(Bytes content) {
    String head =
        new String(
            content.slice(0, Math.min(512, content.length())).toArray(),
            StandardCharsets.ISO_8859_1);
    return head.stripLeading().startsWith("<") && head.contains("SoftwareIdentity");
  }

  /**
   * @throws MalformedEvidenceException where it is no SWID tag with one signature and a payload, or
   *     has a document type, an index twice, or no active measurement
   */
  static RimDocument parse(Bytes xml) {
    if (xml.length() > LARGEST) {
      throw malformed("document", "is longer than " + LARGEST + " bytes");
    }
    Element root = read(xml).getDocumentElement();
    if (!isNamed(root, SWID, "SoftwareIdentity")) {
      throw malformed("root", "is no SoftwareIdentity");
    }
    NodeList signatures =
        root.getOwnerDocument().getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
    if (signatures.getLength() != 1 || !root.isSameNode(signatures.item(0).getParentNode())) {
      throw malformed("Signature", "is not there exactly once, below the root");
    }
    Element signature = (Element) signatures.item(0);
    return new RimDocument(
        root,
        signature,
        certificates(signature),
        only(root, "Meta").getAttribute("colloquialVersion"),
        measurements(only(root, "Payload")));
  }

  /** Of the driver or firmware, as NVIDIA writes it. */
  String version() {
    return version;
  }

  List<Golden> active() {
    return measurements.stream().filter(Golden::active).toList();
  }

  /** As in the signature, the signer's first. Their chain is for the caller to verify. */
  List<Certificate> certificates() {
    return certificates;
  }

  /** True where the first certificate's key signed the whole document, and nothing less. */
  boolean isSigned() {
    try {
      PublicKey key =
          KeyFactory.getInstance("EC")
              .generatePublic(new X509EncodedKeySpec(certificates.getFirst().spki().toArray()));
      DOMValidateContext context = new DOMValidateContext(key, signature);
      context.setProperty("org.jcp.xml.dsig.secureValidation", true);
      XMLSignature parsed = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
      return coversTheDocument(parsed) && parsed.validate(context);
    } catch (MarshalException
        | XMLSignatureException
        | NoSuchAlgorithmException
        | InvalidKeySpecException e) {
      return false;
    }
  }

  private boolean coversTheDocument(XMLSignature parsed) throws MarshalException {
    List<Reference> references = parsed.getSignedInfo().getReferences();
    if (references.size() != 1
        || !parsed.getSignedInfo().getSignatureMethod().getAlgorithm().equals(ECDSA)
        || !parsed.getSignedInfo().getCanonicalizationMethod().getAlgorithm().equals(C14N)
        || !parsed.getObjects().isEmpty()) {
      return false;
    }
    Reference reference = references.getFirst();
    List<String> transforms = new ArrayList<>();
    for (Transform transform : reference.getTransforms()) {
      transforms.add(transform.getAlgorithm());
    }
    return "".equals(reference.getURI())
        && transforms.equals(List.of(Transform.ENVELOPED, C14N))
        && root.isSameNode(signature.getParentNode());
  }

  private static Document read(Bytes xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new ByteArrayInputStream(xml.toArray()));
    } catch (SAXException | IOException e) {
      throw malformed("document", "is not well-formed XML without a document type");
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this Java has no secure XML parser", e);
    }
  }

  private static List<Certificate> certificates(Element signature) {
    NodeList found = signature.getElementsByTagNameNS(XMLSignature.XMLNS, "X509Certificate");
    List<Certificate> all = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      String text = found.item(i).getTextContent().replaceAll("\\s", "");
      try {
        all.add(Certificate.parse(Bytes.of(Base64.getDecoder().decode(text))));
      } catch (IllegalArgumentException e) {
        throw malformed("X509Certificate", "is not base64");
      }
    }
    if (all.isEmpty()) {
      throw malformed("X509Certificate", "is missing");
    }
    return all;
  }

  private static List<Golden> measurements(Element payload) {
    List<Golden> all = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (Node node = payload.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element resource && isNamed(resource, SWID, "Resource")) {
        if (!resource.getAttribute("type").equals("Measurement")) {
          throw malformed("Resource", "is no Measurement");
        }
        Golden golden = golden(resource);
        if (!seen.add(golden.index())) {
          throw malformed("index", golden.index() + " is there twice");
        }
        all.add(golden);
      }
    }
    if (all.stream().noneMatch(Golden::active)) {
      throw malformed("Payload", "has no active measurement");
    }
    return all;
  }

  private static Golden golden(Element resource) {
    int alternatives = number(resource, "alternatives", 64);
    int size = number(resource, "size", 64);
    List<Bytes> digests = new ArrayList<>();
    for (int i = 0; i < alternatives; i++) {
      Bytes digest = Bytes.ofHex(resource.getAttributeNS(SHA384, "Hash" + i));
      if (digest.length() != size || size == 0) {
        throw malformed("Hash" + i, "is not " + size + " bytes long");
      }
      digests.add(digest);
    }
    return new Golden(
        number(resource, "index", 255),
        switch (resource.getAttribute("active").toLowerCase(Locale.ROOT)) {
          case "true" -> true;
          case "false" -> false;
          default -> throw malformed("active", "is neither true nor false");
        },
        digests);
  }

  private static int number(Element element, String attribute, int max) {
    String text = element.getAttribute(attribute);
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > max) {
      throw malformed(attribute, "is no number up to " + max);
    }
    return Integer.parseInt(text);
  }

  private static Element only(Element root, String name) {
    Element found = null;
    for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && isNamed(element, SWID, name)) {
        if (found != null) {
          throw malformed(name, "is there twice");
        }
        found = element;
      }
    }
    if (found == null) {
      throw malformed(name, "is missing");
    }
    return found;
  }

  private static boolean isNamed(Element element, String namespace, String name) {
    return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException(FORMAT, field, -1, problem);
  }
}
