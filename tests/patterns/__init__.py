r"""Every pattern over foreign text is linear by form; `python -m tests.patterns` and each test run say which are not.

How a pattern is written so that it passes:
1. A repetition without a bound (or one over 64) is possessive: `\s++`, `[^»]*+`, `(?:\d++\.)*+`; what may be given
   back is bounded: `[а-я]{0,32}`. Not `.*?x` but `[^x]*+x`; not `\s*[\s,]*` but `[\s,]*+`.
2. A pattern that is searched cannot begin inside a run it repeats over, or the next start scans the run again: not
   `\s+$` but `(?<!\s)\s++$`; not `«[^»]*»` but `«[^«»]*+»`; not `стат\w*+\s` but `стат\w{0,64}+\s`. A run at the very
   end of a pattern, after which nothing can fail, needs no guard: `\w++`.
3. What is used by `match` or `fullmatch` alone needs no guard; the use is read from the source, so the pattern stands
   under a name of its own (in a table or as an argument it counts as searched, and says `\A` where it is anchored).
"""
