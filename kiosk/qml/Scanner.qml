import QtQuick

// A scanner is a keyboard that ends with Enter. What it typed is kept only until then.
Item {
    id: scanner

    property string typed: ""

    signal scanned(string code)

    focus: true
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
            if (typed.length > 0)
                scanned(typed);
            typed = "";
        } else if (event.text.length > 0 && typed.length < 300) {
            typed += event.text;
        }
        silence.restart();
        event.accepted = true;
    }

    Timer {
        id: silence
        interval: 1000
        onTriggered: scanner.typed = ""
    }
}
