/** What the hardware said: one package per format, strict parsers, typed records. */
module org.cofferdam.core.evidence {
  requires static transitive org.jspecify;
  requires transitive org.cofferdam.core.bytes;

  exports org.cofferdam.core.evidence;
  exports org.cofferdam.core.evidence.azure;
  exports org.cofferdam.core.evidence.cca;
  exports org.cofferdam.core.evidence.coco;
  exports org.cofferdam.core.evidence.confidentialspace;
  exports org.cofferdam.core.evidence.cove;
  exports org.cofferdam.core.evidence.dcap;
  exports org.cofferdam.core.evidence.eventlog;
  exports org.cofferdam.core.evidence.gce;
  exports org.cofferdam.core.evidence.nitro;
  exports org.cofferdam.core.evidence.nvidia;
  exports org.cofferdam.core.evidence.ratls;
  exports org.cofferdam.core.evidence.sigstruct;
  exports org.cofferdam.core.evidence.snp;
  exports org.cofferdam.core.evidence.tpm;
  exports org.cofferdam.core.evidence.uvm;
}
