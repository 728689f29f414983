"""Verdict: what became of it, large, and below it what to tell the customer or to do next."""

from ui.parts import dress, label


class Verdict:
    """Two labels, nothing of which is seen until there is something to say.

    Args:
        words, sentence: what the labels are called.
    """

    def __init__(self, words: str, sentence: str) -> None:
        self.words, self.sentence = label(words, "", role="verdict"), label(sentence, "", role="sentence")
        self.hide()

    def say(self, words: str, sentence: str, kind: str) -> None:
        """Say it; a sentence only where there is one."""
        self.words.setText(words)
        dress(self.words, "kind", kind)
        self.words.show()
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def hide(self) -> None:
        """Say nothing any more."""
        self.words.hide()
        self.sentence.hide()
