pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

// A list to choose one of by pointing, or by typing a part of it and pressing Enter.
// `rows` have id, text and detail.
FocusScope {
    id: picker

    property var rows: []
    property string hint: ""
    property string empty: ""
    property bool filtered: true
    readonly property var found: {
        const wanted = entry.text.trim().toLowerCase();
        return wanted ? rows.filter(r => (r.text + " " + r.detail).toLowerCase().includes(wanted)) : rows;
    }
    signal picked(string id)

    // Kept by id, so that a list that changes meanwhile does not move the choice to another row.
    property string chosen: ""

    function clear() {
        entry.text = "";
        choose(0);
    }
    function choose(index: int) {
        const row = found[Math.max(0, Math.min(index, found.length - 1))];
        chosen = row ? row.id : "";
        mark();
    }
    function mark() {
        if (!chosen && found.length > 0)
            chosen = found[0].id;
        list.currentIndex = Math.max(0, found.findIndex(r => r.id === chosen));
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: Style.tight

        Entry {
            id: entry
            objectName: "filter"
            Layout.fillWidth: true
            visible: picker.filtered
            focus: true
            hint: picker.hint
            onTextChanged: picker.choose(0)
            onAccepted: if (list.currentIndex < picker.found.length)
                picker.picked(picker.found[list.currentIndex].id)
            Keys.onDownPressed: picker.choose(list.currentIndex + 1)
            Keys.onUpPressed: picker.choose(list.currentIndex - 1)
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            ListView {
                id: list
                objectName: "list"
                anchors.fill: parent
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                model: picker.found
                onModelChanged: picker.mark()

                delegate: T.AbstractButton {
                    id: row
                    required property var modelData
                    required property int index

                    width: list.width
                    implicitHeight: line.implicitHeight + Style.gap
                    Accessible.role: Accessible.ListItem
                    Accessible.name: modelData.text + " " + modelData.detail
                    onClicked: picker.picked(modelData.id)

                    background: Rectangle {
                        color: row.pressed || row.ListView.isCurrentItem ? Style.actionTint : Style.ground
                        radius: Style.tight

                        Rectangle {
                            anchors.bottom: parent.bottom
                            width: parent.width
                            height: Style.hair
                            color: Style.edge
                        }
                    }
                    contentItem: RowLayout {
                        id: line
                        spacing: Style.gap

                        Words {
                            Layout.leftMargin: Style.gap
                            Layout.fillWidth: !row.modelData.detail
                            Layout.maximumWidth: list.width * (row.modelData.detail ? 0.62 : 1)
                            text: row.modelData.text
                            strong: true
                            maximumLineCount: 2
                            elide: Text.ElideRight
                        }
                        Words {
                            Layout.fillWidth: true
                            Layout.rightMargin: Style.gap
                            text: row.modelData.detail
                            size: Style.small
                            color: Style.muted
                            horizontalAlignment: Text.AlignRight
                            maximumLineCount: 2
                            elide: Text.ElideRight
                        }
                    }
                }
            }
            Rectangle {
                anchors.right: parent.right
                y: list.visibleArea.yPosition * list.height
                width: Style.line
                height: list.visibleArea.heightRatio * list.height
                visible: list.visibleArea.heightRatio < 1
                radius: width / 2
                color: Style.faint
            }
            Words {
                anchors.centerIn: parent
                width: parent.width
                visible: picker.found.length === 0
                text: picker.empty
                color: Style.muted
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
