"""Benchmarks of the claim ledger: public sets, planted errors, rule packs, speed."""
