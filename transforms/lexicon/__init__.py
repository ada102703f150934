"""What a written form alone tells: clitics, stem, lemma, root, part of speech.

`lexemes` is the recipe; `clitics` and `splitting` cut; `nouns`, `verbs`, `readings` and `evidence` choose lemma and
part of speech; `roots` finds the root; `closed_words` knows the function words; `frequencies` and `dictionary` are what
the language is known to write. `tables` keeps what was built, `explain` shows a choice.
"""
